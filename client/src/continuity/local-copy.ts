import type { Boot } from "@clew/contract/channels";
import type { ConversationEvent } from "@clew/contract/events";
import { keptUnsent } from "../outgoing/outbox.ts";
import { OUTBOX, type Unsent } from "../outgoing/unsent.ts";
import type { ConversationView } from "../timeline/view.ts";
import { type HeldIdentity, isHeldIdentity } from "./identity.ts";
import type { Storage } from "./storage.ts";

/** Raised when what is kept changes its shape; a copy of another format is dropped, unsent words and identity are not. */
const FORMAT = 1;
/** Events kept for the first paint; earlier ones are read again when someone scrolls back. */
const KEPT_EVENTS = 200;

const EVENT = "event/";
const eventKey = (number: number) => `${EVENT}${String(number).padStart(12, "0")}`;

export type LocalCopy = {
  identity: HeldIdentity | null;
  view: ConversationView | null;
  boot: Boot | null;
  unsent: Unsent[];
  uploads: [key: string, value: unknown][];
  shared: Record<string, unknown>;
  /** Resume secrets that were let go of while the server could not be told. */
  revoke: string[];
  /** A reset that the server has not confirmed. */
  clearing: "end" | "park" | null;
  /** The customer was asked which conversation to go on with, and has not said. */
  choosing: boolean;
};

/** Reads everything kept. Each part is judged alone; what is broken is removed, what is good stays. */
export async function loadLocalCopy(storage: Storage): Promise<LocalCopy> {
  const entries = await storage.read("");
  const all = new Map(entries);
  const under = (prefix: string) => entries.filter(([key]) => key.startsWith(prefix));
  const { kept, broken } = keptUnsent(under(OUTBOX));
  const remove = [...broken];

  const events = under(EVENT);
  const current = all.get("format") === FORMAT;
  const identity = isHeldIdentity(all.get("identity")) ? (all.get("identity") as HeldIdentity) : null;
  // Whoever lost who they are cannot go on with the conversation: shown, it would only look as if they could.
  const view =
    current && identity
      ? viewFrom(
          all.get("view"),
          events.map(([, event]) => event),
        )
      : null;
  if (!view) remove.push("view", ...events.map(([key]) => key));
  if (!identity) remove.push("identity");
  await storage.write({ put: { format: FORMAT }, remove });

  return {
    identity,
    view,
    boot: current && isRecord(all.get("boot")) ? (all.get("boot") as Boot) : null,
    unsent: kept,
    uploads: under("upload/"),
    shared: Object.fromEntries(under("shared/").map(([key, value]) => [key.slice("shared/".length), value])),
    revoke: under("revoke/").map(([key]) => key.slice("revoke/".length)),
    clearing: all.get("clearing") === "end" ? "end" : all.get("clearing") === "park" ? "park" : null,
    choosing: all.get("choosing") === true,
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function viewFrom(value: unknown, events: unknown[]): ConversationView | null {
  if (!isRecord(value) || typeof value.epoch !== "string" || !isRecord(value.snapshot)) return null;
  const { id, number, positions } = value.snapshot;
  if (typeof id !== "string" || typeof number !== "number" || !isRecord(positions)) return null;
  const first = number - events.length + 1;
  const whole = events.every(
    (event, index) => isRecord(event) && event.number === first + index && event.conversationId === id,
  );
  return whole
    ? { ...(value as { epoch: string; snapshot: ConversationView["snapshot"] }), events: events as ConversationEvent[] }
    : null;
}

/**
 * Keeps the view on disk: snapshot, which is the cursor, and events in one transaction, so that neither is ever ahead of the
 * other. Writes follow each other; while one runs only the newest view waits.
 */
export function createViewKeeper(storage: Storage): {
  keep(view: ConversationView | null): void;
  stored(view: ConversationView | null): void;
} {
  let onDisk: ConversationView | null = null;
  let wanted: ConversationView | null = null;
  let writing = false;

  async function write(): Promise<void> {
    if (writing) return;
    writing = true;
    while (wanted !== onDisk) {
      const view = wanted;
      const changes = changesBetween(onDisk, view);
      onDisk = view;
      await storage.write(changes);
    }
    writing = false;
  }
  return {
    keep(view) {
      wanted = view;
      void write();
    },
    stored(view) {
      onDisk = view;
      wanted = view;
    },
  };
}

/** An event is written when it is another than the one kept under its number: what was erased must not stay on disk. */
function changesBetween(before: ConversationView | null, after: ConversationView | null) {
  const keys = (view: ConversationView | null) =>
    new Map(keptEvents(view).map((event) => [eventKey(event.number), event]));
  const same = before && after && before.epoch === after.epoch && before.snapshot.id === after.snapshot.id;
  const old = keys(before);
  const now = keys(after);
  const put: Record<string, unknown> = {};
  for (const [key, event] of now) if (!same || old.get(key) !== event) put[key] = event;
  const remove = [...old.keys()].filter((key) => !now.has(key));
  if (after) put.view = { epoch: after.epoch, snapshot: after.snapshot };
  else remove.push("view");
  return { put, remove };
}

const keptEvents = (view: ConversationView | null) => view?.events.slice(-KEPT_EVENTS) ?? [];
