export const NOUNS = [
  "organisation",
  "channel",
  "deployment",
  "queue",
  "skill",
  "hours",
  "quick-reply",
  "agent",
  "flow",
  "connector",
  "record-object",
  "asset",
] as const;
export type Noun = (typeof NOUNS)[number];

/** What was changed. `deployment` is there when a channel got a new live deployment. */
export type ConfigurationChange = { noun: Noun; id: string; deployment?: { channelId: string; number: number } };
