import type { Chat } from "@clew/client";
import { computed, effect, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { WidgetHost } from "../host-page/widget-host.ts";
import { recall, remember } from "../loader/remembered.ts";
import { localized, type Speech, type StringKey, sentence } from "../strings/strings.ts";
import { speechSignal } from "../strings/strings.ts";

type State = ReturnType<Chat["state"]["get"]>;
type Parts = { [Key in keyof State]: ReadonlySignal<State[Key]> };
export type Scheme = "light" | "dark" | "auto";
export type Notice = { text: string; tone: "error" | "plain" };

/** Everything the views read: the chat's parts as signals, and what is of this window alone. */
export type ChatWindow = Parts & {
  chat: Chat;
  host: WidgetHost;
  speech: Signal<Speech>;
  /** A sentence in the language spoken. */
  say(key: StringKey, values?: Record<string, string | number>): string;
  /** A text of the configuration in the language spoken. */
  text(localizedText: Record<string, string> | undefined): string;
  scheme: Signal<Scheme | null>;
  muted: Signal<boolean>;
  dialog: Signal<"end" | null>;
  popover: Signal<"menu" | "emoji" | null>;
  /** A passing word about something that did not work; shown until dismissed. */
  notice: Signal<Notice | null>;
  /** The element that holds focus, width and tokens of the open chat. */
  frame: Signal<HTMLElement | null>;
  dispose(): void;
};

const PARTS = [
  "boot",
  "connection",
  "identity",
  "identityProblem",
  "conversation",
  "timeline",
  "canLoadOlder",
  "loadingOlder",
  "starting",
  "typing",
  "queuePlace",
  "unread",
  "uploads",
  "draft",
  "preChatDraft",
  "windowOpen",
  "hiddenFields",
  "prefill",
  "storage",
  "clockOffset",
] as const satisfies (keyof State)[];

export function createChatWindow(chat: Chat, host: WidgetHost): ChatWindow {
  const state = signal(chat.state.get());
  const unsubscribe = chat.state.subscribe(() => {
    state.value = chat.state.get();
  });
  const parts = Object.fromEntries(PARTS.map((part) => [part, computed(() => state.value[part])])) as unknown as Parts;
  const speech = speechSignal();
  const { channel } = host.options;
  const muted = signal(recall(channel).muted === true);
  const stopRemembering = effect(() => remember(channel, { muted: muted.value }));
  return {
    ...parts,
    chat,
    host,
    speech,
    say: (key, values) => sentence(speech.value, key, values),
    text: (given) => localized(given, speech.value.language),
    scheme: signal(host.options.scheme ?? null),
    muted,
    dialog: signal(null),
    popover: signal(null),
    notice: signal(null),
    frame: signal(null),
    dispose() {
      unsubscribe();
      stopRemembering();
    },
  };
}

export const ChatWindowContext = createContext<ChatWindow | null>(null);

export function useChatWindow(): ChatWindow {
  return useContext(ChatWindowContext) as ChatWindow;
}

/** The boot data once they are there; views below the first screens may rely on them. */
export function bootOf(chatWindow: ChatWindow) {
  const boot = chatWindow.boot.value;
  return boot.name === "ready" ? boot.boot : null;
}
