/** The headless SDK for customers: `createChat` and the shapes of what it shows. Agents' part: `@clew/client/agent`. */

export type { ReconnectLink, ReconnectOutcome } from "@clew/contract/reconnect";
export type { Chat, StartInput } from "./chat.ts";
export type { ClosedReason, ConnectionState } from "./connection/public-state.ts";
export { type ChatOptions, createChat } from "./create-chat.ts";
export type { Ports } from "./ports.ts";
export type { Answered, Result } from "./results.ts";
export type {
  BootState,
  ChatSignal,
  ChatState,
  FieldValues,
  IdentityState,
  StartingState,
  Upload,
} from "./state.ts";
export type { Readable } from "./store.ts";
export type {
  Delivery,
  MessageItem,
  NoticeEvent,
  NoticeItem,
  SessionItem,
  TimelineItem,
} from "./timeline/items.ts";
