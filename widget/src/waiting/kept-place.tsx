import { useEffect } from "preact/hooks";
import { useBox } from "../conversation/box.ts";
import { useChatWindow } from "../conversation/window-state.ts";
import { minutes } from "../strings/times.ts";

/** How long the next free place of the agent from before is this customer's, running down as the agent's own does. */
export function KeptPlace() {
  const { say, speech, chat, conversation } = useChatWindow();
  const now = useBox(chat.serverNow());
  const until = conversation.value?.session?.keptUntil ?? null;
  useEffect(() => {
    if (until === null) return;
    now.value = chat.serverNow();
    const timer = setInterval(() => {
      now.value = chat.serverNow();
    }, 1000);
    return () => clearInterval(timer);
  }, [until, chat, now]);
  if (until === null || until <= now.value) return null;
  return (
    <p class="quiet" role="timer">
      {say("timeLeft", { time: minutes(until - now.value, speech.value) })}
    </p>
  );
}
