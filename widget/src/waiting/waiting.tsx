import { bootOf, useChatWindow } from "../conversation/window-state.ts";
import { minutes } from "../strings/times.ts";
import { KeptPlace } from "./kept-place.tsx";

/** While nobody has taken the session: the place in the queue and the wait, as far as they are known and may be told. */
export function Waiting() {
  const chatWindow = useChatWindow();
  const { say, queuePlace, speech, conversation, lapsed } = chatWindow;
  const known = bootOf(chatWindow)?.showQueuePlace ? queuePlace.value : null;
  if (conversation.value?.session?.leaveMessage) return null;
  return (
    <div class="waiting" role="status">
      <span class="pulse" aria-hidden="true" />
      <div>
        <p class="waiting-title">
          {say(known ? (known.place === 1 ? "waitingNext" : "waitingPlace") : "waitingTitle", {
            place: known?.place ?? 0,
          })}
        </p>
        <p>
          {known && known.estimate !== null
            ? say("waitingAbout", { time: minutes(known.estimate, speech.value) })
            : say("waitingSoon")}
        </p>
        <KeptPlace />
        {!lapsed.value && <p class="quiet">{say("waitingWrite")}</p>}
      </div>
    </div>
  );
}
