import type { ConversationEvent } from "@clew/contract/events";
import type { ServerMessage } from "@clew/contract/stream";
import type { Database, Raw } from "@clew/server/testing/parts";
import { RETURNING } from "./mutants-returning.ts";
import { CONFIGURATION } from "./world/configuration.ts";
import type { Wire } from "./world/network.ts";
import type { Plant } from "./world/plant.ts";
import { through } from "./world/through.ts";

/** A bug that somebody might make, and how to plant it where the real parts are put together. */
export type Mutant = { name: string; plant: Plant };

type Statement = { sql: string; sets: readonly (readonly unknown[])[] };

/** Statements of the door, changed or left out (null). Reads and writes pass through the same hand. */
function statements(change: (statement: Statement) => Statement | null): NonNullable<Plant["database"]> {
  const changed = (raw: Raw) =>
    through(raw, (call, run) => {
      const next = change(call);
      return next ? run(next.sets) : (Promise.resolve([]) as never);
    });
  return (database) => ({
    ...database,
    raw: changed(database.raw),
    rawTransaction: (work) => database.rawTransaction((raw) => work(changed(raw))),
  });
}

/** A statement that writes and reads, in a transaction of its own. */
function onItsOwn(database: Database, { sql, sets }: Statement): Promise<unknown> {
  return database.rawTransaction((raw) => raw.all(sql, sets[0]));
}

const isOutbox = (key: string) => key.startsWith("outbox/");

/** What a wire's tab has seen of something, for as long as the tab lives. */
function remembered<Value>(wire: Wire, name: string, first: () => Value): Value {
  if (!wire.memory.has(name)) wire.memory.set(name, first());
  return wire.memory.get(name) as Value;
}

/** The number of the last event a wire has brought of a conversation; snapshots begin anew. */
function follow(wire: Wire, message: ServerMessage): { id: string; last: number; set(to: number): void } | null {
  if (!("topic" in message) || message.topic?.kind !== "conversation") return null;
  const { id } = message.topic;
  const numbers = remembered(wire, "numbers", () => new Map<string, number>());
  if (message.type === "snapshot") numbers.set(id, message.snapshot.number);
  return { id, last: numbers.get(id) ?? 0, set: (to) => numbers.set(id, to) };
}

/** Frames of events that a faulty server sends twice, not at all, or after the next one. */
function faultyFrames(how: "twice" | "lost" | "late", every = 5): NonNullable<Plant["wire"]>["down"] {
  return (message, wire) => {
    if (message.type !== "events") return [message];
    const count = remembered(wire, "frames", () => ({ seen: 0, held: null as ServerMessage | null }));
    count.seen += 1;
    if (count.held) {
      const { held } = count;
      count.held = null;
      return [message, held];
    }
    if (count.seen % every !== 0) return [message];
    if (how === "twice") return [message, message];
    if (how === "late") count.held = message;
    return [];
  };
}

const hiddenAt = (conversationId: string, number: number): ConversationEvent => ({
  type: "hidden",
  conversationId,
  number,
  at: 0,
  by: { who: "system" },
  audience: "all",
});

/** Servers that misbehave on the wire. The real client defends itself: nothing wrong is ever shown, all is there in the end. */
export const FAULTY_SERVERS: readonly Mutant[] = [
  { name: "a server that sends frames twice", plant: { wire: { down: faultyFrames("twice") }, untilHealing: true } },
  { name: "a server that leaves frames out", plant: { wire: { down: faultyFrames("lost") }, untilHealing: true } },
  {
    name: "a server that sends frames in the wrong order",
    plant: { wire: { down: faultyFrames("late") }, untilHealing: true },
  },
];

/** Every one of these must be found. */
export const MUTANTS: readonly Mutant[] = [
  {
    name: "no dedupe: a repeated command is carried out again",
    plant: {
      without: ["events_by_command"],
      database: statements((call) => (call.sql.startsWith("SELECT command_id") ? null : call)),
    },
  },
  {
    name: "no resend after a reconnect",
    plant: {
      wire: {
        up(message, wire) {
          if (message.type !== "command") return message;
          const sent = remembered(wire, "sent", () => new Set<string>());
          if (sent.has(message.command.id)) return null;
          sent.add(message.command.id);
          return message;
        },
      },
    },
  },
  {
    name: "resends get a new id",
    plant: {
      wire: {
        up(message, wire) {
          if (message.type !== "command") return message;
          const tries = remembered(wire, "tries", () => new Map<string, number>());
          const tried = tries.get(message.command.id) ?? 0;
          tries.set(message.command.id, tried + 1);
          const id = `${message.command.id.slice(0, -2)}${tried.toString(16).padStart(2, "0")}`;
          return tried === 0 ? message : { ...message, command: { ...message.command, id } };
        },
      },
    },
  },
  {
    name: "numbers are taken outside the lock",
    plant: {
      servers: 2,
      without: ["events_by_number", "conversations_by_change"],
      database: (database, { timeline, chance }) => ({
        ...database,
        async rawTransaction(work) {
          const writes: (() => Promise<unknown>)[] = [];
          const made = await work(
            through(database.raw, async ({ sql, sets }, run) => {
              if (/^SELECT/.test(sql) || sql.includes("DO NOTHING")) return run(sets);
              if (sql.includes("RETURNING")) return onItsOwn(database, { sql, sets }) as never;
              writes.push(() => run(sets));
              return [] as never;
            }),
          );
          await timeline.workFor(chance.between(0, 10));
          for (const write of writes) await write();
          await database.rawTransaction(async () => {});
          return made;
        },
      }),
    },
  },
  {
    name: "acknowledged before the commit",
    plant: {
      database: (database, { timeline, chance }) => ({
        ...database,
        rawTransaction: (work) =>
          new Promise((resolve, reject) => {
            database
              .rawTransaction(async (raw) => {
                resolve(await work(raw));
                await timeline.workFor(chance.between(1, 60));
              })
              .catch(reject);
          }),
      }),
    },
  },
  {
    name: "half a commit: every statement on its own",
    plant: {
      database: (database) => ({
        ...database,
        async rawTransaction(work) {
          const made = await work(
            through(database.raw, ({ sql, sets }, run) =>
              sql.includes("RETURNING") ? (onItsOwn(database, { sql, sets }) as never) : run(sets),
            ),
          );
          await database.rawTransaction(async () => {});
          return made;
        },
      }),
    },
  },
  {
    name: "subscribed after the state was read",
    plant: {
      servers: 1,
      hub(hub, { timeline }) {
        const read = hub.read.bind(hub);
        hub.read = (id, connection) => void timeline.after(120, () => read(id, connection));
      },
    },
  },
  {
    name: "subscriptions begin from a state that is a moment old",
    plant: {
      servers: 1,
      store(store, { timeline }) {
        const known = new Map<string, { at: number; state: Awaited<ReturnType<typeof store.state>> }>();
        return {
          ...store,
          async state(id) {
            const held = known.get(id);
            if (held?.state && timeline.now - held.at < 3_000) return held.state;
            const state = await store.state(id);
            known.set(id, { at: timeline.now, state });
            return state;
          },
        };
      },
    },
  },
  { name: "what is committed is not published", plant: { servers: 1, forgets: ["publish"] } },
  {
    name: "only one reader of a conversation is told",
    plant: {
      servers: 1,
      hub(hub) {
        const readersOf = hub.readersOf.bind(hub);
        hub.readersOf = (id) => [...readersOf(id)].slice(0, 1);
      },
    },
  },
  { name: "no safety poll where wake-ups get lost", plant: { servers: 2, forgets: ["poll"] } },
  { name: "the router is not asked after a commit", plant: { forgets: ["route"] } },
  { name: "nobody sweeps the deadlines", plant: { forgets: ["sweep"] } },
  {
    name: "rows of deadlines are dropped",
    plant: {
      database: statements((call) =>
        call.sql.startsWith("INSERT INTO deadlines")
          ? { ...call, sets: call.sets.filter(([about]) => !String(about).startsWith("conversation:")) }
          : call,
      ),
    },
  },
  {
    name: "capacity is not released",
    plant: {
      servers: 1,
      database: statements((call) =>
        call.sql.startsWith("INSERT INTO agent_states")
          ? { ...call, sets: call.sets.filter(([, , state]) => !String(state).includes('"work":[]')) }
          : call,
      ),
    },
  },
  {
    name: "offers and takes are not checked again under lock",
    plant: {
      servers: 2,
      doorConfiguration: (configuration) => ({
        ...configuration,
        agents: new Map([...CONFIGURATION.agents].map(([id, agent]) => [id, { ...agent, capacity: 1_000 }])),
      }),
    },
  },
  {
    name: "the cursor is saved before the view",
    plant: {
      wire: {
        down(message, wire) {
          const place = follow(wire, message);
          if (place && message.type === "events") wire.host.saved.set(place.id, message.events.at(-1)?.number ?? 0);
          return [message];
        },
        up(message, wire) {
          if (message.type !== "subscribe" || message.topic.kind !== "conversation" || !message.cursor) return message;
          const number = Math.max(message.cursor.number, wire.host.saved.get(message.topic.id) ?? 0);
          return { ...message, cursor: { ...message.cursor, number } };
        },
      },
    },
  },
  {
    name: "the outbox is in memory only",
    plant: {
      storage: (storage) => ({
        ...storage,
        write: ({ put = {}, remove = [] }) =>
          storage.write({
            put: Object.fromEntries(Object.entries(put).filter(([key]) => !isOutbox(key))),
            remove: remove.filter((key) => !isOutbox(key)),
          }),
      }),
    },
  },
  {
    name: "a client without the gap rule, and a server that leaves frames out",
    plant: {
      wire: {
        down(message, wire) {
          const [kept] = faultyFrames("lost")?.(message, wire) ?? [];
          if (!kept) return [];
          const place = follow(wire, kept);
          if (!place || kept.type !== "events") return [kept];
          const [first] = kept.events;
          const missing = Math.max(0, (first?.number ?? 1) - place.last - 1);
          const filler = Array.from({ length: missing }, (_, index) => hiddenAt(place.id, place.last + 1 + index));
          place.set(kept.events.at(-1)?.number ?? place.last);
          return [{ ...kept, events: place.last === 0 ? kept.events : [...filler, ...kept.events] }];
        },
      },
    },
  },
  {
    name: "a client that takes every event for new, and a server that sends frames twice",
    plant: {
      wire: {
        down(message, wire) {
          const frames = faultyFrames("twice")?.(message, wire) ?? [];
          return frames.map((frame) => {
            const place = follow(wire, frame);
            if (!place || frame.type !== "events" || place.last === 0) return frame;
            let { last } = place;
            const events = frame.events.map((event) => ({ ...event, number: Math.max(event.number, ++last) }));
            place.set(last);
            return { ...frame, events };
          });
        },
      },
    },
  },
  {
    name: "answers are given to the wrong command",
    plant: {
      wire: {
        down(message, wire) {
          if (message.type !== "answer") return [message];
          const before = remembered(wire, "answers", () => ({ last: message.commandId }));
          const commandId = before.last;
          before.last = message.commandId;
          return [{ ...message, commandId }];
        },
      },
    },
  },
  ...RETURNING,
];
