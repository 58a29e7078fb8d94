import type { Database } from "../database/database.ts";

const CHANNEL = "clew_wake";
const SAYINGS = "clew_say";

export type Listening = { end(): Promise<void> };

/**
 * Wake-ups between server processes on one PostgreSQL, which carry who sent them and nothing else; and, apart from them,
 * what one process says to the others and nobody stores.
 */
export function wakeStore(database: Database) {
  return {
    /** Tells the others that something was committed: in a statement of its own, never in the writing transaction. */
    async wake(origin: string): Promise<void> {
      await database.raw.all("SELECT pg_notify(?, ?)", [CHANNEL, origin]);
    },

    /** Says something to the others, each text shorter than 8,000 bytes. */
    async say(texts: readonly string[]): Promise<void> {
      const each = texts.map(() => "pg_notify(?, ?)").join(", ");
      if (texts.length > 0)
        await database.raw.all(
          `SELECT ${each}`,
          texts.flatMap((text) => [SAYINGS, text]),
        );
    },

    /** Listens on a connection of its own. `gone` is called once when that connection has broken. */
    async listen(on: {
      wake(origin: string): void;
      heard(text: string): void;
      gone(error?: Error): void;
    }): Promise<Listening | null> {
      const listener = await database.listener?.();
      if (!listener) return null;
      listener.on("notification", ({ channel, payload = "" }) =>
        channel === CHANNEL ? on.wake(payload) : on.heard(payload),
      );
      listener.on("error", on.gone);
      listener.on("end", () => on.gone());
      await listener.query(`LISTEN ${CHANNEL}; LISTEN ${SAYINGS}`);
      return { end: () => listener.end() };
    },
  };
}

export type WakeStore = ReturnType<typeof wakeStore>;
