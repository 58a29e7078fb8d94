import { useChatWindow } from "../conversation/window-state.ts";
import { endReason } from "./reason.ts";

/** The end of a conversation that can only be read: why, and the way to a new one. */
export function EndedFooter() {
  const { say, conversation, chat } = useChatWindow();
  const end = conversation.value?.session?.end;
  const reason = end ? endReason(end) : null;
  return (
    <div class="ended">
      {reason && <p class="ended-reason">{say(reason.say, { name: reason.name ?? "" })}</p>}
      <p>{say("readOnly")}</p>
      <button type="button" class="primary" onClick={() => chat.newConversation()}>
        {say("newConversation")}
      </button>
    </div>
  );
}
