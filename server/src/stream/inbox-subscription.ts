import type { Cursor } from "@clew/contract/ids";
import type { ServerMessage } from "@clew/contract/stream";
import type { ConversationState } from "@clew/domain/conversations/state";
import type { ConversationStore } from "../conversations/store.ts";
import { inboxFrame, inboxItemText } from "./frames.ts";

type Row = { change: number; state: ConversationState };
type Parts = {
  agentId: string;
  epoch: string;
  store: ConversationStore;
  /** Asked anew for each item: queues and roles change while the stream is open. */
  sees(state: ConversationState): boolean;
  queueIds(): readonly string[];
  seesAll(): boolean;
  send(message: ServerMessage): void;
  /** A message that is JSON already. */
  sendText(text: string): void;
};

/**
 * An agent's inbox: the newest state of every conversation that concerns them, numbered by change. It begins with the
 * open ones (or what changed after the cursor), then follows. `held` are the conversations the client was told of, so one
 * that no longer concerns the agent is taken back.
 */
export class InboxSubscription {
  readonly #parts: Parts;
  readonly #held = new Set<string>();
  /** Of a client that resumed it is not known what it holds: each conversation is taken back once, held or not. */
  readonly #takenBack = new Set<string>();
  #resumed = false;
  #number = 0;
  #started = false;
  #pending: { rows: readonly Row[]; upTo: number }[] = [];
  #closed = false;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  async start(cursor: Cursor | undefined): Promise<void> {
    const { store, epoch, send, agentId } = this.#parts;
    const head = await store.lastChange();
    const usable = cursor && cursor.epoch === epoch && cursor.number <= head;
    if (cursor && !usable)
      send({ type: "resync", topic: { kind: "inbox" }, because: cursor.epoch === epoch ? "future" : "epoch" });
    if (usable) await this.#catchUp(cursor.number);
    else {
      const rows = await store.inbox({ agentId, queueIds: this.#parts.queueIds(), all: this.#parts.seesAll() });
      this.#give(
        rows.filter(({ state }) => this.#parts.sees(state)),
        head,
      );
    }
    this.#started = true;
    const pending = this.#pending;
    this.#pending = [];
    const read = this.#number;
    for (const { rows, upTo } of pending) {
      const news = rows.filter(({ change }) => change > read);
      if (news.length > 0) this.changed(news, upTo);
    }
    if (!this.#closed) send({ type: "live", topic: { kind: "inbox" }, number: this.#number });
  }

  async #catchUp(after: number): Promise<void> {
    this.#resumed = true;
    let from = after;
    for (;;) {
      const page = await this.#parts.store.changedAfter(from, 200);
      const last = page.at(-1);
      if (!last) return;
      this.#give(page, last.change);
      from = last.change;
    }
  }

  /**
   * Conversations as a commit left them, in the order of their changes: one message, however many they are. A client that
   * comes back goes on behind the highest `upTo` it was told: everything up to there is in this or has been given.
   */
  changed(rows: readonly Row[], upTo: number): void {
    if (this.#closed) return;
    if (this.#started) this.#give(rows, upTo);
    else this.#pending.push({ rows, upTo });
  }

  close(): void {
    this.#closed = true;
  }

  /** Whether the client must be told that a conversation no longer concerns the agent. */
  #takeBack(id: string): boolean {
    const held = this.#held.delete(id);
    const mayBeHeld = this.#resumed && !this.#takenBack.has(id);
    this.#takenBack.add(id);
    return held || mayBeHeld;
  }

  #give(rows: readonly Row[], upTo: number): void {
    const changes: { number: number; conversationId: string; item: string }[] = [];
    for (const { change, state } of rows) {
      const { id } = state.snapshot;
      const item = this.#parts.sees(state) ? inboxItemText(state) : "null";
      if (item !== "null") this.#held.add(id);
      else if (!this.#takeBack(id)) continue;
      changes.push({ number: change, conversationId: id, item });
    }
    this.#number = Math.max(this.#number, upTo);
    if (!this.#closed && (changes.length > 0 || !this.#started))
      this.#parts.sendText(inboxFrame(changes, this.#number));
  }
}
