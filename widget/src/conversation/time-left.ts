import { useEffect } from "preact/hooks";
import { useBox } from "./box.ts";
import { useChatWindow } from "./window-state.ts";

/** Milliseconds until a time of the server's clock, looked at again each second. */
export function useTimeLeft(at: number | null): number {
  const { chat } = useChatWindow();
  const left = useBox(at === null ? 0 : at - chat.serverNow());
  useEffect(() => {
    if (at === null) return;
    const look = () => {
      left.value = at - chat.serverNow();
    };
    look();
    const timer = setInterval(look, 1000);
    return () => clearInterval(timer);
  }, [at, chat, left]);
  return left.value;
}
