import { useSyncExternalStore } from "react";

/** One ticking clock for the whole screen: all countdowns step together, and nothing ticks when none is shown. */
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | null = null;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    for (const each of listeners) each();
  }, 250);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0 || timer === null) return;
    clearInterval(timer);
    timer = null;
  };
}

/** The time in ms, in steps of `everySeconds`; a caller is drawn again only when its own step comes. */
export function useNow(everySeconds = 1): number {
  const step = everySeconds * 1000;
  // Seconds are rounded up, so that what counts down from ten starts at ten and never shows time that is not there.
  const round = everySeconds === 1 ? Math.ceil : Math.floor;
  return useSyncExternalStore(subscribe, () => round(Date.now() / step) * step);
}
