import type { Chat } from "@clew/client";
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { WidgetHost } from "../host-page/widget-host.ts";
import { recall, remember } from "../loader/remembered.ts";
import { type Landing, landingOf } from "../return/landing-state.ts";
import { ENGLISH, localized, type Speech, type StringKey, sentence } from "../strings/strings.ts";
import { type Box, box, createWatchers } from "./box.ts";

type State = ReturnType<Chat["state"]["get"]>;
type Parts = { [Key in keyof State]: { readonly value: State[Key]; peek(): State[Key] } };
export type Scheme = "light" | "dark" | "auto";
export type Notice = { text: string; tone: "error" | "plain" };

/** Everything the views read: the parts of the chat's state, and what is of this window alone. */
export type ChatWindow = Parts & {
  chat: Chat;
  host: WidgetHost;
  speech: Box<Speech>;
  /** A sentence in the language spoken. */
  say(key: StringKey, values?: Record<string, string | number>): string;
  /** A text of the configuration in the language spoken. */
  text(localizedText: Record<string, string> | undefined): string;
  scheme: Box<Scheme | null>;
  muted: Box<boolean>;
  dialog: Box<"end" | "elsewhere" | "forget" | null>;
  /** Someone came by a link and has not gone on from there. */
  landing: Box<Landing | null>;
  /** Nobody was here for long: nothing is shown until somebody says they are. */
  locked: Box<boolean>;
  /** The chat is in a window of its own, and this one says so. */
  poppedOut: Box<boolean>;
  /** The session after whose end the customer chose to write on. */
  wroteAgain: Box<string | null>;
  popover: Box<"menu" | "emoji" | null>;
  /** A passing word about something that did not work; shown until dismissed. */
  notice: Box<Notice | null>;
  /** Calls now and after every change of anything in here; the result stops it. */
  watch(watcher: () => void): () => void;
  dispose(): void;
};

const PARTS = [
  "boot",
  "connection",
  "identity",
  "identityProblem",
  "lapsed",
  "conversation",
  "timeline",
  "canLoadOlder",
  "loadingOlder",
  "starting",
  "surveySent",
  "ending",
  "typing",
  "queuePlace",
  "keptFor",
  "unread",
  "uploads",
  "draft",
  "preChatDraft",
  "windowOpen",
  "hiddenFields",
  "prefill",
  "storage",
  "clockOffset",
  "choices",
  "clearing",
] as const satisfies (keyof State)[];

export function createChatWindow(chat: Chat, host: WidgetHost): ChatWindow {
  const { changed, watch } = createWatchers();
  const unsubscribe = chat.state.subscribe(changed);
  const parts = Object.fromEntries(PARTS.map((part) => [part, partOf(chat, part)])) as unknown as Parts;
  const own = <Value>(initial: Value) => box(initial, changed);
  const speech = own<Speech>(ENGLISH);
  const { channel } = host.options;
  const muted = own(recall(channel).muted === true);
  let remembered = muted.value;
  const stopRemembering = watch(() => {
    if (muted.value !== remembered) remember(channel, { muted: muted.value });
    remembered = muted.value;
  });
  return {
    ...parts,
    chat,
    host,
    speech,
    say: (key, values) => sentence(speech.value, key, values),
    text: (given) => localized(given, speech.value.language),
    scheme: own<Scheme | null>(host.options.scheme ?? null),
    muted,
    dialog: own<"end" | "elsewhere" | "forget" | null>(null),
    landing: own<Landing | null>(landingOf(channel)),
    locked: own(false),
    poppedOut: own(false),
    wroteAgain: own(recall(channel).wroteAgain ?? null),
    popover: own<"menu" | "emoji" | null>(null),
    notice: own<Notice | null>(null),
    watch,
    dispose() {
      unsubscribe();
      stopRemembering();
    },
  };
}

function partOf(chat: Chat, part: keyof State) {
  const peek = () => chat.state.get()[part];
  return {
    get value() {
      return peek();
    },
    peek,
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

/** The uploads of the conversation shown that no message has taken yet. */
export function ownUploads({ uploads, conversation }: ChatWindow) {
  return uploads.value.filter(({ conversationId: id, purpose }) => id === conversation.value?.id && !purpose);
}
