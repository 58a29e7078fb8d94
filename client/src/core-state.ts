import type { OwnConversation } from "@clew/contract/customers";
import type { Problem } from "@clew/contract/problems";
import type { ClientMessage } from "@clew/contract/stream";
import type { ConnectionState } from "./connection/public-state.ts";
import type { KeptUpload } from "./outgoing/kept-upload.ts";
import type { Unsent } from "./outgoing/unsent.ts";
import type { BootState, ChatSignal, ChatState, IdentityState, Upload } from "./state.ts";
import type { ConversationView } from "./timeline/view.ts";

/** What the one tab that holds the connection knows, and shows to the others. */
export type CoreState = {
  boot: BootState;
  connection: ConnectionState;
  identity: IdentityState | null;
  identityProblem: Problem | null;
  accessToken: string | null;
  lapsed: boolean;
  view: ConversationView | null;
  unsent: readonly Unsent[];
  typing: ChatState["typing"];
  queuePlace: ChatState["queuePlace"];
  keptFor: number | null;
  uploads: readonly Upload[];
  loadingOlder: boolean;
  storage: "durable" | "memory";
  clockOffset: number;
  choices: readonly OwnConversation[];
  clearing: boolean;
  /** When everything of a person was wiped last; what tabs share goes with it. */
  wiped: number;
};

export const EMPTY_CORE: CoreState = {
  boot: { name: "none" },
  connection: { name: "idle" },
  identity: null,
  identityProblem: null,
  accessToken: null,
  lapsed: false,
  view: null,
  unsent: [],
  typing: null,
  queuePlace: null,
  keptFor: null,
  uploads: [],
  loadingOlder: false,
  storage: "durable",
  clockOffset: 0,
  choices: [],
  clearing: false,
  wiped: 0,
};

/** What becomes of the session that runs: it ends, or stays with the agent. */
export type ClearMode = "end" | "park";

/** What any tab may ask of the one with the connection. All are safe to ask twice. */
export type Ask =
  | { verb: "boot" }
  | { verb: "look" }
  /** `kept`: what the disk gets instead. */
  | { verb: "command"; unsent: Unsent; kept?: Partial<Unsent> | undefined }
  | { verb: "retry"; id: string }
  | { verb: "discard"; id: string }
  | { verb: "upload"; upload: KeptUpload }
  | { verb: "retry-upload"; id: string }
  | { verb: "remove-upload"; id: string }
  | { verb: "pass"; message: ClientMessage }
  | { verb: "typing"; on: boolean; text?: string }
  | { verb: "read" }
  | { verb: "older" }
  | { verb: "forget" }
  | { verb: "transcript" }
  | { verb: "sign-in"; token: string }
  /** The page could not vouch for the customer. */
  | { verb: "distrust"; problem: Problem }
  | { verb: "open-link"; token: string }
  | { verb: "own-link"; token: string }
  | { verb: "make-link" }
  | { verb: "send-link"; email: string }
  | { verb: "take-up"; conversationId: string }
  | { verb: "clear"; mode: ClearMode }
  | { verb: "sign-out"; everywhere: boolean };

export type Core = {
  ask(ask: Ask): Promise<unknown>;
  close(): void;
};

export type CoreOutput = {
  publish(part: Partial<CoreState>): void;
  signal(signal: ChatSignal): void;
};

export type CoreOptions = {
  channelId: string;
  language: string;
  /** Changes when the page gives another one. */
  identityToken?: (() => Promise<string>) | undefined;
};
