import type { Answered } from "@clew/client";
import { useBox } from "../conversation/box.ts";
import { useTimeLeft } from "../conversation/time-left.ts";
import { useChatWindow } from "../conversation/window-state.ts";
import { countdown } from "../strings/times.ts";

/** A clock that both sides see: the warning before a quiet session ends, and the time to take a stop word back. */
export function Countdown() {
  const chatWindow = useChatWindow();
  const { say, speech, chat, conversation, notice } = chatWindow;
  const running = conversation.value?.session?.countdown ?? null;
  const left = useTimeLeft(running?.at ?? null);
  /** It is on its way, however long that takes. */
  const pressed = useBox(false);
  const press = async (asked: Promise<Answered>) => {
    pressed.value = true;
    const { ok } = await asked;
    pressed.value = false;
    return ok;
  };
  if (!running || left <= 0 || running.what === "undo-close") return null;
  const time = countdown(left, speech.value);
  if (running.what === "undo-optout") {
    return (
      <div class="countdown" role="status">
        <p>{say("stopped")}</p>
        <button
          type="button"
          class="secondary"
          disabled={pressed.value}
          onClick={async () => {
            const undone = await press(chat.undoOptOut());
            if (!undone) notice.value = { text: say("wentWrong"), tone: "error" };
          }}
        >
          {say("undo")} <span aria-hidden="true">{time}</span>
        </button>
      </div>
    );
  }
  const total = Math.max(1, running.at - running.from);
  return (
    <div class="countdown warning">
      <div class="countdown-text">
        <p role="status">
          <strong>{say("stillThere")}</strong>
        </p>
        <p role="timer">{say("endsIn", { time })}</p>
      </div>
      <button
        type="button"
        class="secondary"
        disabled={pressed.value}
        onClick={() => void press(chat.send(say("imHere")))}
      >
        {say("imHere")}
      </button>
      <span class="countdown-bar" aria-hidden="true" style={{ transform: `scaleX(${Math.min(1, left / total)})` }} />
    </div>
  );
}
