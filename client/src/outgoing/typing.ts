import type { ClientMessage } from "@clew/contract/stream";
import type { Clock } from "../ports.ts";

/** Typing is told at most this often while it goes on, in milliseconds. */
export const TYPING_EVERY_MS = 3_000;
/** With a preview of the text, more often. */
export const PREVIEW_EVERY_MS = 400;
/** What is heard of the other side's typing is taken back after this time, in milliseconds. */
export const TYPING_LASTS_MS = 6_000;

/** Thins out what is told of typing; the end of it is told at once. */
export function createTypingSender(clock: Clock, send: (message: ClientMessage) => void) {
  let last: { conversationId: string; at: number; text?: string } | null = null;
  let cancel: (() => void) | null = null;

  function tell(conversationId: string, text?: string): void {
    cancel?.();
    cancel = null;
    last = { conversationId, at: clock.elapsed(), text };
    send({ type: "typing", conversationId, on: true, ...(text === undefined ? {} : { text: text.slice(0, 4000) }) });
  }
  return {
    typing(conversationId: string, on: boolean, text?: string): void {
      if (!on) {
        cancel?.();
        cancel = null;
        if (last?.conversationId === conversationId) send({ type: "typing", conversationId, on: false });
        last = null;
        return;
      }
      const every = text === undefined ? TYPING_EVERY_MS : PREVIEW_EVERY_MS;
      const passed = last?.conversationId === conversationId ? clock.elapsed() - last.at : every;
      if (passed >= every) tell(conversationId, text);
      else if (text !== undefined) {
        // The newest text must arrive even when no further key is pressed.
        cancel?.();
        cancel = clock.after(every - passed, () => tell(conversationId, text));
      }
    },
    stop: () => cancel?.(),
  };
}
