import type { WidgetState } from "../host-page-api.ts";
import type { ChatVerb } from "./widget-host.ts";

/** What a page may ask of a chat. */
export const VERBS = [
  "open",
  "close",
  "toggle",
  "setHiddenFields",
  "prefill",
  "identify",
  "signOut",
  "setLanguage",
  "setScheme",
  "start",
  "end",
  "newConversation",
  "clear",
] as const satisfies ChatVerb[];

/** What there is to say of a widget whose chat is not loaded. */
export const unloadedState = (channel: string, language: string): WidgetState => ({
  channel,
  ready: false,
  open: false,
  unread: 0,
  language,
  status: null,
  conversationId: null,
});
