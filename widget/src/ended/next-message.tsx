import { useChatWindow } from "../conversation/window-state.ts";
import { endReason } from "./reason.ts";

/** Says what the next message will do, before it is typed, whenever it would not just join the session. */
export function NextMessage() {
  const { say, conversation } = useChatWindow();
  const session = conversation.value?.session;
  if (!session) return null;
  if (session.nextMessage === "leaves-message" || (session.leaveMessage && session.status !== "active")) {
    return <p class="next-message">{say("nextLeaves")}</p>;
  }
  if (session.nextMessage !== "starts-session" || !session.end) return null;
  const { say: key, name } = endReason(session.end);
  return (
    <p class="next-message">
      {!session.countdown && <strong>{say(key, { name: name ?? "" })}. </strong>}
      {say("nextStarts")}
    </p>
  );
}
