import { randomUUID } from "node:crypto";

/** PostgreSQL takes less than 8,000 bytes at once; a character is six of them at most, escaped. */
const PIECE = 1_200;
/** Whoever holds the link answers within this, or nobody does, in milliseconds. */
const ANSWER_WITHIN_MS = 3_000;

/** Of a link's name; what is no name is nobody's. */
const NAME = /^[\w-]{22}$/;
/** The others are bothered with no more than this at a time, in characters; over a WebSocket it would be as much. */
const MOST = 64 * 1024;

type Piece = { id: string; link: string; of: number; at: number; text: string };
type Said = { piece?: Piece; taken?: string };

type Parts = {
  /** Tells the other processes; null: there are none. */
  say: ((texts: readonly string[]) => Promise<void>) | null;
  log: { warn(context: unknown, message: string): void };
};

/**
 * Messages that reach one process for a link that another one holds: with server-sent events each message is a request of
 * its own, and what stands before several servers may send it to any of them. They are said to all; the one that holds the
 * link takes them and says so.
 */
export class LinksElsewhere {
  readonly #parts: Parts;
  readonly #waiting = new Map<string, () => void>();
  readonly #pieces = new Map<string, string[]>();
  #take: (link: string, messages: readonly unknown[]) => boolean = () => false;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** What takes messages for the links of this process; false where it has no such link. */
  takeBy(take: (link: string, messages: readonly unknown[]) => boolean): void {
    this.#take = take;
  }

  /** Whether another process has taken them. They are taken by the time this resolves, so that those after them follow. */
  async pass(link: string, messages: readonly unknown[]): Promise<boolean> {
    const { say } = this.#parts;
    const whole = JSON.stringify(messages);
    if (!say || !NAME.test(link) || whole.length > MOST) return false;
    const id = randomUUID();
    const of = Math.ceil(whole.length / PIECE);
    const pieces = Array.from({ length: of }, (_, at): Said => {
      const text = whole.slice(at * PIECE, (at + 1) * PIECE);
      return { piece: { id, link, of, at, text } };
    });
    const taken = new Promise<boolean>((resolve) => {
      const timer = setTimeout(() => resolve(false), ANSWER_WITHIN_MS);
      this.#waiting.set(id, () => {
        clearTimeout(timer);
        resolve(true);
      });
    });
    try {
      await say(pieces.map((said) => JSON.stringify(said)));
      return await taken;
    } finally {
      this.#waiting.delete(id);
    }
  }

  /** What a process has said; false: the text is of another kind. */
  heard(text: string): boolean {
    const { piece, taken } = JSON.parse(text) as Said;
    if (taken !== undefined) this.#waiting.get(taken)?.();
    if (piece) this.#gather(piece);
    return taken !== undefined || piece !== undefined;
  }

  /** The pieces of one request come in one go and in their order, so that one whose last has come is whole or broken. */
  #gather({ id, link, of, at, text }: Piece): void {
    const pieces = at === 0 ? [] : (this.#pieces.get(id) ?? []);
    this.#pieces.delete(id);
    pieces.push(text);
    if (pieces.length !== at + 1) return;
    if (pieces.length < of) {
      this.#pieces.set(id, pieces);
      return;
    }
    if (!this.#take(link, JSON.parse(pieces.join("")) as unknown[])) return;
    this.#parts.say?.([JSON.stringify({ taken: id })]).catch((error: unknown) => {
      this.#parts.log.warn({ err: error }, "another server could not be told that its messages were taken");
    });
  }
}
