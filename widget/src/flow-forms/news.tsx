import type { RefObject } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { announcements, type News as Heard } from "./announcements.ts";
import type { LiveFormState } from "./live-form.ts";
import { announceWord } from "./news-words.ts";
import type { FormWord } from "./words.ts";

const CLOCK = {
  now: () => Date.now(),
  after: (milliseconds: number, act: () => void) => {
    const timer = setTimeout(act, milliseconds);
    return () => clearTimeout(timer);
  },
};

type NewsProps = {
  state: LiveFormState;
  /** The form when its page came. */
  first: RefObject<LiveFormState>;
  name: string;
  say(word: FormWord, name?: string | number): string;
  tell(text: string): void;
  language: string;
};

/** Who has switched announcements off wants none in the next form either, for as long as the page stands. */
let wanted = true;

/** Tells, for whoever listens, what the other side does to the form; once there was something, it can be switched off. */
export function News({ state, first, name, say, tell, language }: NewsProps) {
  const [on, turn] = useState(wanted);
  const [spoken, speak] = useState(false);
  const before = useRef(first.current ?? state);
  const speech = useRef({ say, name });
  speech.current = { say, name };
  const teller = useMemo(
    () =>
      announcements(CLOCK, ({ suggested, filled, hint }) => {
        speak(true);
        if (!wanted) return;
        const { say, name } = speech.current;
        const parts = [
          suggested === 1
            ? say("announceOne", name)
            : suggested
              ? say("announceMany", suggested).replace("@", () => name)
              : "",
          filled === 1
            ? say("announceFilledOne", name)
            : filled
              ? say("announceFilled", filled).replace("@", () => name)
              : "",
          hint && say("announceHint", name) + hint,
        ];
        tell(parts.filter(Boolean).join(" "));
      }),
    [tell],
  );
  useEffect(() => teller.stop, [teller]);
  useEffect(() => {
    teller.hear(newsBetween(before.current, state));
    before.current = state;
  }, [state, teller]);
  if (!spoken && on) return null;
  return (
    <label class="ff-tick ff-switch">
      <input
        type="checkbox"
        role="switch"
        aria-checked={on}
        checked={on}
        onChange={(event) => {
          wanted = event.currentTarget.checked;
          turn(wanted);
          if (!wanted) tell("");
        }}
      />
      <span>{announceWord(language)}</span>
    </label>
  );
}

/** What the other side has done since; with nothing new, nothing is heard. */
function newsBetween(before: LiveFormState, now: LiveFormState): Partial<Heard> {
  // A page that has just come brings all that was done to it before: that is no news.
  if (before.page?.node !== now.page?.node) return {};
  const known = new Set(before.suggestions.map(({ field, at }) => `${field} ${at}`));
  // What was suggested and taken over, the reader has just done themselves.
  const filled = Object.values(now.fields).filter(
    ({ field, by, seq, source }) =>
      by === "agent" && source !== "suggestion" && (before.fields[field]?.seq ?? -1) < seq,
  );
  const hint = Object.entries(now.hints).find(([field, text]) => before.hints[field] !== text)?.[1] ?? "";
  return {
    suggested: now.suggestions.filter(({ field, at }) => !known.has(`${field} ${at}`)).length,
    filled: filled.length,
    hint,
  };
}
