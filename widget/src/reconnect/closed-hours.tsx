import { Icon } from "../conversation/icons.tsx";
import { bootOf, useChatWindow } from "../conversation/window-state.ts";
import { moment } from "../strings/times.ts";

/** Out of hours where no message is taken. */
export function ClosedHours() {
  const chatWindow = useChatWindow();
  const { say, chat, speech } = chatWindow;
  const opensAt = bootOf(chatWindow)?.opensAt ?? null;
  return (
    <div class="centred">
      <span class="big-icon">
        <Icon name="clock" />
      </span>
      <h2>{say("closedNow")}</h2>
      <p>
        {opensAt === null
          ? say("closedRefused")
          : say("closedUntil", { time: moment(opensAt, chat.serverNow(), speech.value) })}
      </p>
    </div>
  );
}
