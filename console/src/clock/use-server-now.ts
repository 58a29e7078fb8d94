import { useDeskState } from "../desk.tsx";
import { useNow } from "./use-now.ts";

/** The server's time in ms, stepping every `everySeconds`: countdowns run by it, whatever the local clock says. */
export function useServerNow(everySeconds = 1): number {
  return useNow(everySeconds) + useDeskState((state) => state.clockOffset);
}
