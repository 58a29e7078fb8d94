import type { Positions } from "@clew/contract/conversations";
import type { ConversationEvent } from "@clew/contract/events";
import { SNAPSHOT_EVENTS } from "@clew/contract/limits";
import type { Problem } from "@clew/contract/problems";
import type { ClientMessage, ServerMessage, Topic } from "@clew/contract/stream";
import type { Http } from "../http.ts";
import { ownProblem, type Result } from "../results.ts";
import { isOwn, type Side, unreadOf } from "./timeline.ts";
import {
  type ConversationView,
  cursorOf,
  fromSnapshot,
  hasOlder,
  receiveEvents,
  withOlder,
  withPositions,
} from "./view.ts";

export type ThreadPhase = "loading" | "catching-up" | "live";

/** One conversation followed over the stream: what is held of it and how it grows. The same for customers and agents. */
export type Thread = {
  id: string;
  view(): ConversationView | null;
  phase(): ThreadPhase;
  /** Over a connection that was just greeted: goes on after what is held. */
  subscribe(): void;
  lost(): void;
  /** Messages about this topic only. */
  receive(message: ServerMessage): void;
  positions(positions: Partial<Positions>): void;
  markRead(): void;
  older(): Promise<Result>;
  unsubscribe(): void;
};

type ThreadInput = {
  id: string;
  side: Side;
  view: ConversationView | null;
  http: Http;
  headers(): Promise<Record<string, string>>;
  send(message: ClientMessage): boolean;
  /** Moves this side's position, now or when a connection is back. */
  move(to: { delivered?: number; read?: number }): void;
  gap(): void;
  changed(): void;
  /** New events, each once; `live` when they were not caught up with. */
  added(events: readonly ConversationEvent[], live: boolean): void;
  refused(problem: Problem): void;
};

type Page = { events: ConversationEvent[]; more: boolean };

export function createThread(input: ThreadInput): Thread {
  const { id, side, send } = input;
  const topic: Topic = { kind: "conversation", id };
  let view = input.view;
  let phase: ThreadPhase = "loading";
  /** What is held is void, and shown only until the snapshot is here. */
  let awaitsSnapshot = view === null;

  function show(next: ConversationView): void {
    if (next === view) return;
    view = next;
    input.changed();
  }

  function enter(next: ThreadPhase): void {
    if (phase === next) return;
    phase = next;
    input.changed();
  }

  function acknowledge(): void {
    if (!view) return;
    send({ type: "ack", topic, number: view.snapshot.number });
    const incoming = view.events.findLast((event) => event.type === "message.posted" && !isOwn(event.by, side));
    const { customerDelivered, agentDelivered } = view.snapshot.positions;
    const known = side === "customer" ? customerDelivered : agentDelivered;
    if (incoming && incoming.number > known) input.move({ delivered: incoming.number });
  }

  function take(events: readonly ConversationEvent[]): void {
    if (!view || awaitsSnapshot) return;
    const received = receiveEvents(view, events);
    if (received.outcome === "gap") input.gap();
    if (received.outcome !== "changed") return;
    show(received.view);
    acknowledge();
    input.added(received.added, phase === "live");
  }

  async function older(): Promise<Result> {
    const held = view;
    const first = held?.events[0]?.number ?? (held ? held.snapshot.number + 1 : 0);
    if (!held || !hasOlder(held)) return { ok: true, value: null };
    const page = await input.http.json<Page>({
      endpoint: "GET /conversations/:id/events",
      params: { id },
      query: { before: String(first), limit: String(SNAPSHOT_EVENTS) },
      headers: await input.headers(),
    });
    if (!page.ok) return page;
    if (!view || view.epoch !== held.epoch) return { ok: true, value: null };
    const longer = withOlder(view, page.value.events);
    if (longer === view)
      return { ok: false, problem: ownProblem("internal", 500, "The page does not join what is held", "yes") };
    show(longer);
    return { ok: true, value: null };
  }

  return {
    id,
    view: () => view,
    phase: () => phase,
    subscribe() {
      send({ type: "subscribe", topic, ...(view && !awaitsSnapshot ? { cursor: cursorOf(view) } : {}) });
      enter("catching-up");
    },
    lost: () => enter(view ? "catching-up" : "loading"),
    receive(message) {
      switch (message.type) {
        case "snapshot":
          awaitsSnapshot = false;
          show(fromSnapshot(message));
          acknowledge();
          break;
        case "events":
          take(message.events);
          break;
        case "live":
          // Catching up that ends elsewhere than we are has lost something on the way.
          if (view && !awaitsSnapshot && message.number > view.snapshot.number) input.gap();
          else enter("live");
          break;
        case "resync":
          awaitsSnapshot = true;
          break;
        case "refused":
          enter(view ? "catching-up" : "loading");
          input.refused(message.problem);
          break;
        default:
          break;
      }
    },
    positions(positions) {
      if (view) show(withPositions(view, positions));
    },
    markRead() {
      if (!view || unreadOf(view, side) === 0) return;
      const read = view.snapshot.number;
      input.move({ read });
      show(withPositions(view, side === "customer" ? { customerRead: read } : { agentRead: read }));
    },
    older,
    unsubscribe() {
      send({ type: "unsubscribe", topic });
    },
  };
}
