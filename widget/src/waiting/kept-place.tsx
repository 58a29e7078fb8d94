import { useTimeLeft } from "../conversation/time-left.ts";
import { useChatWindow } from "../conversation/window-state.ts";
import { minutes } from "../strings/times.ts";

/** How long the next free place of the agent from before is this customer's, running down as the agent's own does. */
export function KeptPlace() {
  const { say, speech, conversation } = useChatWindow();
  const until = conversation.value?.session?.keptUntil ?? null;
  const left = useTimeLeft(until);
  if (until === null || left <= 0) return null;
  return (
    <p class="quiet" role="timer">
      {say("timeLeft", { time: minutes(left, speech.value) })}
    </p>
  );
}
