import { Icon } from "../conversation/icons.tsx";
import { useChatWindow } from "../conversation/window-state.ts";

/** The chat could not be opened. Says what can be done; where nothing can, offers nothing. */
export function Failed() {
  const { say, boot, chat } = useChatWindow();
  const problem = boot.value.name === "failed" ? boot.value.problem : null;
  const forGood =
    problem !== null && ["not-found", "not-published", "origin-refused", "forbidden"].includes(problem.code);
  return (
    <div class="centred" role="alert">
      <span class="big-icon">
        <Icon name="cloud" />
      </span>
      <h2>{say("failedTitle")}</h2>
      <p>{say(forGood ? "failedChannel" : "failedText")}</p>
      {!forGood && (
        <button type="button" class="primary" onClick={() => void chat.boot()}>
          {say("tryAgain")}
        </button>
      )}
    </div>
  );
}
