import { useRef } from "preact/hooks";
import { useLeaving } from "./menu.tsx";
import { useChatWindow } from "./window-state.ts";

/** What people send to a help desk, a handful of each mood. Screen readers name each in the reader's own language. */
const EMOJI = [
  ..."😀😃😄😁😅😂🙂😉😊😍🥰😘😎🤔🤨😐🙄😏😬😕🙁😮😢😭😤😡🥳😴🤒🤷🙏👍👎👌👋👏🤝💪🎉🔥",
  "❤️",
  ..."💔⭐✅❌❓📦🎁",
];
const COLUMNS = 8;

/** A small grid, one stop for Tab, the arrows go from one to the next. */
export function EmojiPicker({ insert }: { insert: (emoji: string) => void }) {
  const { say, popover } = useChatWindow();
  const popup = useLeaving();
  const at = useRef(0);
  const move = (event: KeyboardEvent) => {
    const rtl = getComputedStyle(event.currentTarget as Element).direction === "rtl" ? -1 : 1;
    const step = {
      ArrowRight: rtl,
      ArrowLeft: -rtl,
      ArrowDown: COLUMNS,
      ArrowUp: -COLUMNS,
      Home: -at.current,
      End: EMOJI.length - 1 - at.current,
    }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    at.current = Math.min(EMOJI.length - 1, Math.max(0, at.current + step));
    popup.current?.querySelectorAll("button")[at.current]?.focus();
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a set of buttons is no set of form fields
    <div class="emoji-picker" ref={popup} role="group" aria-label={say("emoji")} onKeyDown={move}>
      {EMOJI.map((emoji, index) => (
        <button
          key={emoji}
          type="button"
          tabIndex={index === 0 ? 0 : -1}
          onClick={() => {
            insert(emoji);
            popover.value = null;
          }}
        >
          {emoji}
        </button>
      ))}
    </div>
  );
}
