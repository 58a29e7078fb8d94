/** The SDK's part for agents, supervisors and admins: `createDesk` and the shapes of what it shows. */

export { createDesk, type DeskOptions } from "./create-desk.ts";
export type {
  Desk,
  DeskSignal,
  DeskState,
  Offer,
  OpenConversation,
  OpenConversationState,
  SignInState,
  Viewer,
} from "./desk.ts";
export type { EndpointName, EndpointResponse, Request } from "./endpoints.ts";
export { revisionOf } from "./revision.ts";
