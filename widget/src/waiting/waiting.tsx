import { bootOf, useChatWindow } from "../conversation/window-state.ts";
import { minutes } from "../strings/times.ts";

/** While nobody has taken the session: the place in the queue and the wait, as far as they are known and may be told. */
export function Waiting() {
  const chatWindow = useChatWindow();
  const { say, queuePlace, speech, conversation } = chatWindow;
  const known = bootOf(chatWindow)?.showQueuePlace ? queuePlace.value : null;
  if (conversation.value?.session?.leaveMessage) return null;
  return (
    <div class="waiting" role="status">
      <span class="pulse" aria-hidden="true" />
      <div>
        <p class="waiting-title">
          {known
            ? known.place === 1
              ? say("waitingNext")
              : say("waitingPlace", { place: known.place })
            : say("waitingTitle")}
        </p>
        <p>
          {known && known.estimate !== null
            ? say("waitingAbout", { time: minutes(known.estimate, speech.value) })
            : say("waitingSoon")}
        </p>
        <p class="quiet">{say("waitingWrite")}</p>
      </div>
    </div>
  );
}
