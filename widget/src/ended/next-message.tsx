import { bootOf, type ChatWindow, useChatWindow } from "../conversation/window-state.ts";
import { moment } from "../strings/times.ts";
import { endReason } from "./reason.ts";

/** Says what the next message will do, before it is typed, whenever it would not just join the session. */
export function NextMessage() {
  const chatWindow = useChatWindow();
  const { say, conversation, ending } = chatWindow;
  const session = conversation.value?.session;
  if (ending.value)
    return (
      <p class="next-message" role="status">
        {say("endingSoon")}
      </p>
    );
  const next = nextOf(chatWindow);
  if (next === null) return null;
  const reason = session?.end && !session.countdown ? endReason(session.end) : null;
  return (
    <p class="next-message">
      {reason && <strong>{say(reason.say, { name: reason.name ?? "" })}. </strong>}
      {next}
    </p>
  );
}

/** In words; null: it joins the session, or the first one starts as anybody expects. */
function nextOf(chatWindow: ChatWindow): string | null {
  const { say, conversation, chat, speech } = chatWindow;
  const session = conversation.value?.session;
  const boot = bootOf(chatWindow);
  if (session?.nextMessage === "leaves-message" || (session?.leaveMessage && session.status !== "active"))
    return say(boot?.open ? "nextKept" : "nextLeaves");
  if (session && session.nextMessage !== "starts-session") return null;
  // What a new session meets depends on the hour.
  if (boot && !boot.open) {
    if (boot.outOfHours === "leave-message") return say("nextLeaves");
    if (boot.outOfHours === "refuse") {
      const back = boot.opensAt !== null && moment(boot.opensAt, chat.serverNow(), speech.value);
      return `${say("closedNow")}. ${back ? say("closedUntil", { time: back }) : say("closedRefused")}`;
    }
  }
  return session?.end ? say("nextStarts") : null;
}
