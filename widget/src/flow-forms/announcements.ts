/** What others have done to the form, as counted since the last announcement. */
export type News = { suggested: number; filled: number; hint: string };
type Clock = { now(): number; after(milliseconds: number, act: () => void): () => void };

/** News are gathered so long before they are told, and told at most so often: a voice must not talk over the reader. */
const GATHER_MS = 1_000;
const PAUSE_MS = 5_000;

const NOTHING: News = { suggested: 0, filled: 0, hint: "" };

/** Gathers news and tells them together. */
export function announcements(clock: Clock, tell: (news: News) => void) {
  let news = NOTHING;
  let toldAt = Number.NEGATIVE_INFINITY;
  let stop: (() => void) | null = null;
  return {
    hear(more: Partial<News>): void {
      if (!more.suggested && !more.filled && !more.hint) return;
      news = {
        suggested: news.suggested + (more.suggested ?? 0),
        filled: news.filled + (more.filled ?? 0),
        hint: more.hint || news.hint,
      };
      stop ??= clock.after(Math.max(GATHER_MS, toldAt + PAUSE_MS - clock.now()), () => {
        stop = null;
        toldAt = clock.now();
        const told = news;
        news = NOTHING;
        tell(told);
      });
    },
    stop(): void {
      stop?.();
      stop = null;
    },
  };
}
