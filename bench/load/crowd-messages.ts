/** What the measurements of many connections and the process that plays all the people say to each other. */

/** `waiting`: the share of the product's people whose session waits for an agent; that of all others has ended. */
export type CrowdTarget = { kind: "floor" | "clew"; url: string; people: number; waiting: number };

export type CrowdOrder =
  /** Makes the people, each with a conversation with messages, and connects them: all live. */
  | { do: "gather"; target: CrowdTarget }
  /**
   * From now on whoever is cut comes back within a random part of `jitter` milliseconds, with the cursor `behind`
   * messages behind the end, and so does who has been cut before. Answered when all are live and complete, or `patience` milliseconds are over.
   */
  | { do: "return"; jitter: number; behind: number; patience: number }
  | { do: "disband" };

export type CrowdReply = { done: "gather" } | { done: "return"; result: ReturnResult } | { failed: string };

export type ReturnResult = {
  /** When each person was live and complete again, milliseconds since 1970; those who never were are missing. */
  liveAt: number[];
  /** Tries to connect that were refused while the server was down. */
  refused: number;
  /** People who missed a message, saw one twice or out of order, or were told to begin anew. */
  gaps: number;
};

/** Messages of each conversation that can be missed. */
export const MISSED = 5;
