import type { ReturnCount } from "@clew/contract/reports";

/** `day`: days since 1970-01-01 in UTC. `because` is empty where there is no reason. */
export type ReportTables = {
  returns: {
    day: number;
    channel_id: string;
    way: ReturnCount["way"];
    outcome: ReturnCount["outcome"];
    because: string;
    count: number;
  };
};
