/**
 * What the loader must know before the chat is loaded, kept per channel in the page's own storage: whether there is a
 * conversation to resume, and the look of the launcher. Nothing of the conversation itself is in it.
 */
export type Remembered = {
  conversation?: boolean;
  open?: boolean;
  muted?: boolean;
  /** The chat is in a window of its own. Taken away, that window closes. */
  popout?: boolean;
  /** When the page was last touched, where a channel locks idle windows. */
  touched?: number;
  /** The session after whose end the customer chose to write on: asked once. */
  wroteAgain?: string | null;
  colour?: string;
  text?: string;
  position?: "start" | "end";
};

const key = (channel: string) => `clew-widget:${channel}`;

export function recall(channel: string): Remembered {
  try {
    return (JSON.parse(localStorage.getItem(key(channel)) ?? "{}") as Remembered | null) ?? {};
  } catch {
    return {};
  }
}

export function remember(channel: string, changes: Remembered): void {
  try {
    localStorage.setItem(key(channel), JSON.stringify({ ...recall(channel), ...changes }));
  } catch {
    // Storage may be blocked or full; the widget works without, it only starts from nothing next time.
  }
}
