import type { DatabaseSync } from "node:sqlite";
import { isDeepStrictEqual } from "node:util";
import { applyEvent } from "@clew/contract/apply-event";
import type { CommandAnswer } from "@clew/contract/commands";
import type { ConversationSnapshot } from "@clew/contract/conversations";
import type { ConversationEvent } from "@clew/contract/events";
import { claimsOf } from "@clew/domain/claims/claims";
import { eventForCustomer, snapshotForCustomer } from "@clew/domain/conversations/for-customer";
import type { ConversationState } from "@clew/domain/conversations/state";
import { type AgentState, loadOf } from "@clew/domain/presence/agent-state";
import { CONFIGURATION } from "../world/configuration.ts";
import { brief, type Verdict } from "./verdict.ts";
import type { Words } from "./words.ts";

type Folded = { staff: ConversationSnapshot; customer: ConversationSnapshot };
type EventRow = { position: number; conversation_id: string; number: number; body: string };

/** The log and the states as committed, read by a connection of its own after every commit and judged at once. */
export class CommittedLog {
  readonly events = new Map<string, ConversationEvent[]>();
  readonly forCustomer = new Map<string, ConversationEvent[]>();
  readonly states = new Map<string, ConversationState>();
  /** When a conversation was first committed, in milliseconds since the world began. */
  readonly begun = new Map<string, number>();
  agents: AgentState[] = [];
  messages = 0;
  commits = 0;
  /** When a conversation changed last, in milliseconds since the world began. */
  changedAt = 0;
  readonly #verdict: Verdict;
  readonly #words: Words;
  readonly #folded = new Map<string, Folded>();
  readonly #messageIds = new Set<string>();
  readonly #texts = new Set<string>();
  readonly #lastOfTab = new Map<string, number>();
  readonly #newEvents: ReturnType<DatabaseSync["prepare"]>;
  readonly #newStates: ReturnType<DatabaseSync["prepare"]>;
  readonly #allAgents: ReturnType<DatabaseSync["prepare"]>;
  #position = 0;
  #change = 0;

  constructor(committed: DatabaseSync, verdict: Verdict, words: Words) {
    this.#verdict = verdict;
    this.#words = words;
    this.#newEvents = committed.prepare(
      "SELECT position, conversation_id, number, body FROM events WHERE position > ? ORDER BY position",
    );
    this.#newStates = committed.prepare("SELECT change, state FROM conversations WHERE change > ? ORDER BY change");
    this.#allAgents = committed.prepare("SELECT state FROM agent_states");
  }

  /** Something was committed. */
  read(now: number): void {
    this.commits += 1;
    const fresh = new Map<string, ConversationEvent[]>();
    for (const row of this.#newEvents.all(this.#position) as EventRow[]) {
      this.#position = row.position;
      const event = JSON.parse(row.body) as ConversationEvent;
      if (!this.events.has(row.conversation_id)) this.begun.set(row.conversation_id, now);
      this.#append(row, event);
      const list = fresh.get(row.conversation_id);
      if (list) list.push(event);
      else fresh.set(row.conversation_id, [event]);
    }
    for (const row of this.#newStates.all(this.#change) as { change: number; state: string }[]) {
      this.#change = row.change;
      this.changedAt = now;
      const state = JSON.parse(row.state) as ConversationState;
      this.states.set(state.snapshot.id, state);
      this.#judgeState(state);
      this.#fold(state, fresh.get(state.snapshot.id) ?? []);
    }
    this.agents = (this.#allAgents.all() as { state: string }[]).map((row) => JSON.parse(row.state) as AgentState);
    this.#judgeWork();
  }

  /** An answer leaves for a client: what it promises must be in the log by now. */
  acknowledged(answer: CommandAnswer): void {
    const { conversationId, number, commandId } = answer;
    if (!conversationId || number === 0) return;
    const event = this.events.get(conversationId)?.[number - 1];
    if (!event) this.#verdict.found("SI1", `${commandId} was acknowledged as ${number}, which is not in the log`);
  }

  #append(row: EventRow, event: ConversationEvent): void {
    const found = this.#verdict.found.bind(this.#verdict);
    let log = this.events.get(row.conversation_id);
    if (!log) {
      log = [];
      this.events.set(row.conversation_id, log);
      this.forCustomer.set(row.conversation_id, []);
    }
    if (event.number !== log.length + 1 || row.number !== event.number)
      found("SI3", `event ${event.number} of ${row.conversation_id} follows ${log.length}`);
    log.push(event);
    this.forCustomer.get(row.conversation_id)?.push(eventForCustomer(event));
    if (event.type === "session.ended" && event.previousStatus === "error")
      found("SI10", `session ${event.session.id} ended twice`);
    if (event.type !== "message.posted" && event.type !== "note.posted") return;

    this.messages += 1;
    if (event.commandId && this.#messageIds.has(event.commandId))
      found("SI2", `${event.commandId} is in the log twice`);
    if (event.commandId) this.#messageIds.add(event.commandId);
    if (this.#texts.has(event.text)) found("SI2", `"${event.text}" is in the log twice`);
    const word = this.#words.all.get(event.text);
    if (!word) {
      if (event.by.who !== "system") found("SI6", `nobody wrote "${event.text}"`);
      return;
    }
    this.#texts.add(event.text);
    const line = `${word.tab} ${row.conversation_id}`;
    const last = this.#lastOfTab.get(line) ?? 0;
    if (word.index < last && !word.refused) found("SI4", `"${event.text}" came after number ${last} of its tab`);
    this.#lastOfTab.set(line, Math.max(word.index, last));
  }

  has(text: string): boolean {
    return this.#texts.has(text);
  }

  #judgeState({ snapshot }: ConversationState): void {
    const { session, staff, id } = snapshot;
    if (!session || !staff) return;
    const found = (what: string) => this.#verdict.found("SI9", `${id}: ${what}`);
    if (session.status === "active" && !session.agent) found("an active session without an owner");
    if (session.status === "waiting") {
      if (session.agent) found("a waiting session with an owner");
      const stands = staff.queueId !== null && CONFIGURATION.queues.has(staff.queueId);
      if (!stands && !staff.offer) found("a waiting session in no queue and with no offer");
    }
    if (staff.offer && (session.status !== "waiting" || session.agent))
      found(`an offer of a session ${session.status}`);
  }

  #judgeWork(): void {
    const claims = new Map<string, string[]>();
    for (const state of this.states.values()) {
      for (const { agentId, kind, conversationId, weight } of claimsOf(state)) {
        const line = `${conversationId} ${kind} ${weight}`;
        claims.set(agentId, [...(claims.get(agentId) ?? []), line]);
      }
    }
    for (const agent of this.agents) {
      const claimed = claims.get(agent.id) ?? [];
      const work = agent.work.map(({ conversationId, kind, weight }) => `${conversationId} ${kind} ${weight}`);
      if (work.length !== claimed.length || work.some((line) => !claimed.includes(line)))
        this.#verdict.found("SI8", `agent ${agent.id} works on ${brief(work)}, the states claim ${brief(claimed)}`);
      const { capacity = 0 } = CONFIGURATION.agents.get(agent.id) ?? {};
      if (loadOf(agent) > capacity)
        this.#verdict.found("SI8", `agent ${agent.id} holds ${loadOf(agent)} of ${capacity}: ${brief(work)}`);
      claims.delete(agent.id);
    }
    for (const [agentId, claimed] of claims) {
      if (claimed.length > 0) this.#verdict.found("SI8", `agent ${agentId} knows nothing of ${brief(claimed)}`);
    }
  }

  /** Snapshot + events = fresh snapshot, for staff and for the customer; positions are no events. */
  #fold(state: ConversationState, events: readonly ConversationEvent[]): void {
    const { id, positions, number } = state.snapshot;
    const fresh: Folded = { staff: state.snapshot, customer: snapshotForCustomer(state.snapshot) };
    const before = this.#folded.get(id);
    this.#folded.set(id, fresh);
    if (number !== (this.events.get(id)?.length ?? 0))
      this.#verdict.found("SI11", `the state of ${id} stands at ${number}, its log at ${this.events.get(id)?.length}`);
    if (!before) return;
    const staff = { ...events.reduce(applyEvent, before.staff), positions };
    const customer = { ...events.map(eventForCustomer).reduce(applyEvent, before.customer), positions };
    if (!isDeepStrictEqual(staff, fresh.staff))
      this.#verdict.found("SI11", `staff fold ${id} at ${number}: ${difference(staff, fresh.staff)}`);
    if (!isDeepStrictEqual(customer, fresh.customer))
      this.#verdict.found("SI11", `customer fold ${id} at ${number}: ${difference(customer, fresh.customer)}`);
  }
}

/** The parts in which two snapshots differ. */
export function difference(held: object, fresh: object): string {
  const keys = [...new Set([...Object.keys(held), ...Object.keys(fresh)])];
  return keys
    .map((key) => [key, (held as Record<string, unknown>)[key], (fresh as Record<string, unknown>)[key]] as const)
    .filter(([, one, other]) => !isDeepStrictEqual(one, other))
    .map(([key, one, other]) => `${key}: ${brief(one)} ≠ ${brief(other)}`)
    .join("; ");
}
