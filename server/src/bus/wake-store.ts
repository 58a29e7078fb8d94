import type { Database } from "../database/database.ts";

const CHANNEL = "clew_wake";

export type Listening = { end(): Promise<void> };

/** Wake-ups between server processes on one PostgreSQL. They carry who sent them and nothing else. */
export function wakeStore(database: Database) {
  return {
    /** Tells the others that something was committed: in a statement of its own, never in the writing transaction. */
    async wake(origin: string): Promise<void> {
      await database.raw.all("SELECT pg_notify(?, ?)", [CHANNEL, origin]);
    },

    /** Listens on a connection of its own. `gone` is called once when that connection has broken. */
    async listen(on: { wake(origin: string): void; gone(error?: Error): void }): Promise<Listening | null> {
      const listener = await database.listener?.();
      if (!listener) return null;
      listener.on("notification", ({ payload }) => on.wake(payload ?? ""));
      listener.on("error", on.gone);
      listener.on("end", () => on.gone());
      await listener.query(`LISTEN ${CHANNEL}`);
      return { end: () => listener.end() };
    },
  };
}

export type WakeStore = ReturnType<typeof wakeStore>;
