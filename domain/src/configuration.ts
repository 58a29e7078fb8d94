import type { Agent, OrganisationSettings } from "@clew/contract/agents";
import type { ChannelSettings } from "@clew/contract/channels";
import type { RaisedLimits } from "@clew/contract/flows/flow-limits";
import type { Hours } from "@clew/contract/hours";
import type { Queue, Skill } from "@clew/contract/routing";

/** The configuration that rules read: published settings only, as of one moment. */
export type Configuration = {
  organisation: OrganisationSettings;
  /** Channels that have a live deployment, with its number. */
  channels: ReadonlyMap<string, { id: string; deployment: number; settings: ChannelSettings }>;
  queues: ReadonlyMap<string, Queue>;
  agents: ReadonlyMap<string, Agent>;
  skills: ReadonlyMap<string, Skill>;
  hours: ReadonlyMap<string, Hours>;
  /** The flows that something starts, in the order in which they are asked. Absent: there are none. */
  flows?: readonly LiveFlow[];
  /** What the operator lets flows use beyond the usual. */
  flowLimits?: RaisedLimits;
};

/** A flow in the version that is live, as far as rules need it. `channels`: ids or names; null: any. */
export type LiveFlow = {
  key: string;
  version: number;
  kind: "routing" | "screen" | "background" | "sub";
  title: string;
  trigger: { on: string; channels: readonly string[] | null };
};
