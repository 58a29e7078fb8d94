import type { Ports } from "@clew/client";
import type { Configuration } from "@clew/domain/configuration";
import type { ConversationStore, Database, Hub, ReconnectLinks } from "@clew/server/testing/parts";
import type { Meddling } from "./network.ts";
import type { Chance } from "./random.ts";
import type { Timeline } from "./timeline.ts";

export type Storage = Awaited<ReturnType<Ports["openStorage"]>>;

/** What a planted bug may use to misbehave. */
export type Around = { timeline: Timeline; chance: Chance };

type Answer = { status: number; body: unknown };

/** A bug to plant where the real parts are put together. Nothing in the product knows of it. */
export type Plant = {
  /** Server processes of the world, where the bug needs that many. */
  servers?: 1 | 2;
  /** Unique indexes that would hide the bug. */
  without?: readonly string[];
  database?(database: Database, around: Around): Database;
  store?(store: ConversationStore, around: Around): ConversationStore;
  /** Changes the hub in place. */
  hub?(hub: Hub, around: Around): void;
  /** The configuration by which the door judges. */
  doorConfiguration?(configuration: Configuration): Configuration;
  links?(links: ReconnectLinks, database: Database): ReconnectLinks;
  /** What a process forgets to do after a commit, every second, or for a reset. */
  forgets?: readonly ("publish" | "route" | "poll" | "sweep" | "reset")[];
  wire?: Meddling;
  /** A call over HTTP, by its name in the contract, on its way through a browser. */
  call?(name: string, ask: () => Promise<Answer>): Promise<Answer>;
  /** The wire is sound again when the world heals, and every connection begins anew. */
  untilHealing?: boolean;
  /** A browser's storage, as one tab opens it. */
  storage?(storage: Storage, around: Around): Storage;
};
