import type { ReconnectOutcome } from "@clew/contract/reconnect";
import type { Configuration } from "@clew/domain/configuration";
import type { Clock } from "../clock.ts";
import { batchOver } from "../database/batch.ts";
import type { Database } from "../database/database.ts";
import type { Handlers } from "../http/handlers.ts";
import { DAY_MS } from "./returns.ts";
import { countReturns, readReturns } from "./returns-store.ts";

/** Days of a report that does not say how many. */
const DAYS = 7;

/** Counts a link that led nowhere; what a link did lead to is counted with its event. */
export type CountMissed = (channelId: string, outcome: ReconnectOutcome["outcome"]) => Promise<void>;
type Parts = { database: Database; clock: Clock; configuration: () => Configuration };

/** Reports for supervisors. Days are those of UTC, by the server's clock. */
export function createReports({ database, clock, configuration }: Parts): { missed: CountMissed; handlers: Handlers } {
  return {
    async missed(channelId, outcome) {
      if (outcome !== "expired" && outcome !== "ended" && outcome !== "refused") return;
      // What strangers send must not grow the table.
      if (!configuration().channels.has(channelId)) return;
      const missed = { at: clock.now(), channelId, way: "link", outcome, because: null } as const;
      await countReturns(database.raw, batchOver(database.engine), [missed]);
    },
    handlers: {
      async reportReturns({ query }) {
        const days = query.days === undefined ? DAYS : Number(query.days);
        const since = Math.floor(clock.now() / DAY_MS) - (days - 1);
        return { since: since * DAY_MS, items: await readReturns(database.query, since) };
      },
    },
  };
}
