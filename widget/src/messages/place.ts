/**
 * Where a log stood when its page was left: the first message in sight, and how far it was from the log's top, in pixels.
 * Measured by offsets, which know nothing of the movement with which messages arrive.
 */
type Place = [conversationId: string, number: string, top: number];

const key = (channel: string) => `clew-place:${channel}`;
const MESSAGE = "[data-number]";

/** Notes for this tab where the log stands. */
export function notePlace(channel: string, conversationId: string, log: HTMLElement): void {
  const top = log.getBoundingClientRect().top;
  const inSight = [...log.querySelectorAll<HTMLElement>(MESSAGE)].find(
    (one) => one.getBoundingClientRect().bottom > top,
  );
  if (!inSight) return;
  const place: Place = [conversationId, inSight.dataset.number ?? "", inSight.offsetTop - log.scrollTop];
  try {
    sessionStorage.setItem(key(channel), JSON.stringify(place));
  } catch {
    // A browser that keeps nothing begins at the newest message.
  }
}

/** Puts the log where it stood, once; false when nothing was noted or the message is not here. */
export function takeUpPlace(channel: string, conversationId: string | undefined, log: HTMLElement): boolean {
  try {
    const [of, number, wanted] = JSON.parse(sessionStorage.getItem(key(channel)) ?? "[]") as Partial<Place>;
    sessionStorage.removeItem(key(channel));
    const message = of === conversationId && log.querySelector<HTMLElement>(`[data-number="${Number(number)}"]`);
    if (!message) return false;
    log.scrollTop = message.offsetTop - (wanted ?? 0);
    return true;
  } catch {
    return false;
  }
}
