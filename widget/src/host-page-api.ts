import type { ProblemCode } from "@clew/contract/problems";
import type { EndedBy, EndedWhy, SessionStatus } from "@clew/contract/sessions";

/**
 * What a page can do with the chat and hear from it. `window.clew` takes calls at any moment: those made before the
 * script has arrived are kept in order and carried out when it has (see docs/embedding.md for the two-line stub).
 *
 * With one widget on the page every call concerns that one. With several, `clew.widget(channel)` gives the one meant;
 * calls on `clew` itself concern the widget that was mounted first.
 */
export type ClewApi = ClewWidget & {
  /** Puts a widget in the page. A second call for the same channel answers the one that is there. */
  mount(options: MountOptions): ClewWidget;
  /** Takes a widget out, with all its listeners; without a channel, every widget. The conversation stays. */
  unmount(channel?: string): void;
  /** The widget of a channel, or undefined while none is mounted for it. */
  widget(channel: string): ClewWidget | undefined;
};

export type ClewWidget = {
  open(): void;
  close(): void;
  toggle(): void;
  /** Hears an event until `off`. `ready` is also told to those who ask after it has happened. */
  on<Name extends ClewEventName>(event: Name, listener: ClewListener<Name>): void;
  off<Name extends ClewEventName>(event: Name, listener: ClewListener<Name>): void;
  /** Answers that the page gives for hidden fields of the pre-chat. Later calls add to earlier ones. */
  setHiddenFields(values: AnswerValues): void;
  /** Fills visible fields of the pre-chat; `editable: false` shows them fixed. */
  prefill(values: AnswerValues, options?: { editable?: boolean }): void;
  /**
   * Vouches for the customer with a signed identity token. A function is called as soon as the chat is there, and again
   * whenever a new token is needed; a string is used once.
   */
  identify(token: string | (() => Promise<string>)): void;
  /** Ends the customer's identity here: local copies are wiped and the device's secret is revoked. */
  signOut(): void;
  setLanguage(language: string): void;
  setScheme(scheme: "light" | "dark" | "auto"): void;
  /** Opens the chat and starts a conversation as far as no question has to be answered first. */
  start(): void;
  /** Ends the running session. */
  end(): void;
  /** Leaves a closed conversation behind and opens the way to a new one. */
  newConversation(): void;
  /**
   * Resets: the session ends (or is parked with the agent), tokens and links are revoked, this device is wiped. Asked of
   * the server until it confirms, then `cleared` is told.
   */
  clear(mode?: "end" | "park"): void;
  state(): WidgetState;
};

export type AnswerValues = Record<string, string | number | boolean | null>;

export type MountOptions = {
  /** Id of the channel, from the console's embedding page. */
  channel: string;
  /** Origin of the Clew server; the script's own when left out. */
  server?: string;
  /** Language tag; the page's `<html lang>`, then the browser's, when left out. */
  language?: string;
  open?: boolean;
  scheme?: "light" | "dark" | "auto";
  /** Brand colour "#rrggbb" and side of the launcher until the deployment's look is known. */
  colour?: string;
  position?: "start" | "end";
  /** Common domain of the site's sub-domains, such as "shop.example": customers are the same on all of them. */
  domain?: string;
  /** Tells the console of the browser what the chat goes through, and nothing of what is said. Off, nothing is printed. */
  debug?: boolean | string;
  /** Where to put the widget's element; the end of the body when left out. */
  container?: Element;
};

export type WidgetState = {
  channel: string;
  ready: boolean;
  open: boolean;
  unread: number;
  language: string;
  /** Status of the newest session; null while there is none. */
  status: SessionStatus | null;
  conversationId: string | null;
};

/** Every event's detail also names the `channel` of the widget that it comes from. */
export type ClewEvents = {
  /** The chat has booted: texts, look and, if there is one, the conversation are there. */
  ready: { state: WidgetState };
  status: { status: SessionStatus; previous: SessionStatus | null; who?: EndedBy; why?: EndedWhy };
  /** A message was added by either side. */
  message: {
    id: string;
    number: number;
    from: "customer" | "agent" | "bot" | "system";
    name: string | null;
    text: string;
    at: number;
  };
  unread: { count: number };
  sessionStarted: { sessionId: string; number: number };
  sessionEnded: { sessionId: string; who: EndedBy; why: EndedWhy; previousStatus: SessionStatus | null };
  /** The server has confirmed the reset; nothing of the conversation is left here. */
  cleared: { mode: "end" | "park" };
  opened: Record<never, never>;
  closed: Record<never, never>;
  /** Something was refused or failed. `code` is one of the closed list of problems, or "load-failed", "offline". */
  error: { code: ProblemCode | "load-failed" | "offline"; detail: string };
};
export type ClewEventName = keyof ClewEvents;
export type ClewListener<Name extends ClewEventName> = (detail: ClewEvents[Name] & { channel: string }) => void;

declare global {
  interface Window {
    clew?: ClewApi | ClewQueue;
  }
}

/** What stands in for the API until the script has arrived: calls as name and arguments. */
export type ClewQueue = { q: ClewCall[] };
export type ClewCall = [name: string, ...args: unknown[]];
