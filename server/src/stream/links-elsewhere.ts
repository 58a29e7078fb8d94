import { randomUUID } from "node:crypto";
import type { SentFrom } from "@clew/domain/flows/conversation/commands";

/** PostgreSQL takes less than 8,000 bytes at once; a character is six of them at most, escaped, and whence it came is 700. */
const PIECE = 1_100;
/** Whoever holds the link answers within this, or nobody does, in milliseconds. */
const ANSWER_WITHIN_MS = 3_000;

/** Of a link's name; what is no name is nobody's. */
const NAME = /^[\w-]{22}$/;
/** The others are bothered with no more than this at a time, in characters; over a WebSocket it would be as much. */
const MOST = 64 * 1024;

/** `from`: of the first piece. A process of an earlier version says none. */
type Piece = { id: string; link: string; of: number; at: number; text: string; from?: SentFrom };
type Said = { piece?: Piece; taken?: string };

type Parts = {
  /** Tells the other processes; null: there are none. */
  say: ((texts: readonly string[]) => Promise<void>) | null;
  log: { warn(context: unknown, message: string): void };
};

/** Takes messages that came for a link; false where there is no such link. `from`: whence the request came, if that is known. */
export type TakeMessages = (link: string, messages: readonly unknown[], from?: SentFrom) => boolean;

/**
 * Messages that reach one process for a link that another one holds: with server-sent events each message is a request of
 * its own, and what stands before several servers may send it to any of them. They are said to all; the one that holds the
 * link takes them and says so.
 */
export class LinksElsewhere {
  readonly #parts: Parts;
  readonly #waiting = new Map<string, () => void>();
  readonly #pieces = new Map<string, { texts: string[]; from: SentFrom | undefined }>();
  #take: TakeMessages = () => false;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** What takes messages for the links of this process. */
  takeBy(take: TakeMessages): void {
    this.#take = take;
  }

  /** Whether another process has taken them. They are taken by the time this resolves, so that those after them follow. */
  async pass(link: string, messages: readonly unknown[], from: SentFrom): Promise<boolean> {
    const { say } = this.#parts;
    const whole = JSON.stringify(messages);
    if (!say || !NAME.test(link) || whole.length > MOST) return false;
    const id = randomUUID();
    const of = Math.ceil(whole.length / PIECE);
    const pieces = Array.from({ length: of }, (_, at): Said => {
      const text = whole.slice(at * PIECE, (at + 1) * PIECE);
      return { piece: { id, link, of, at, text, ...(at === 0 ? { from } : {}) } };
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
  #gather({ id, link, of, at, text, from: whence }: Piece): void {
    const { texts, from } = (at > 0 && this.#pieces.get(id)) || { texts: [], from: whence };
    this.#pieces.delete(id);
    texts.push(text);
    if (texts.length !== at + 1) return;
    if (texts.length < of) {
      this.#pieces.set(id, { texts, from });
      return;
    }
    if (!this.#take(link, JSON.parse(texts.join("")) as unknown[], from)) return;
    this.#parts.say?.([JSON.stringify({ taken: id })]).catch((error: unknown) => {
      this.#parts.log.warn({ err: error }, "another server could not be told that its messages were taken");
    });
  }
}
