import type { Answered, Chat } from "@clew/client";
import type { Problem } from "@clew/contract/problems";
import { render } from "preact";
import { tellPage, tellStatus } from "../host-page/page-events.ts";
import { createTitleCounter } from "../host-page/title-counter.ts";
import type { ChatHandle, ChatVerbs, WidgetHost } from "../host-page/widget-host.ts";
import type { WidgetState } from "../host-page-api.ts";
import { recall, remember } from "../loader/remembered.ts";
import { hideLauncher, keepLock, keepReset } from "../return/returning.ts";
import { createSpeaker } from "../strings/speaker.ts";
import { textOn } from "../theme/colour.ts";
import { tokensOf } from "../theme/look.ts";
import { css } from "../theme/sheets.ts";
import { Window } from "./window.tsx";
import { bootOf, type ChatWindow, ChatWindowContext, createChatWindow } from "./window-state.ts";

/** Puts a chat into the loader's shadow root and keeps launcher, title, look, language and page in step with it. */
export function mountWindow(host: WidgetHost, chat: Chat): ChatHandle {
  const { root, launcher } = host;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  root.adoptedStyleSheets.push(sheet);
  const place = document.createElement("div");
  place.className = "clew";
  root.prepend(place);

  const chatWindow = createChatWindow(chat, host);
  const state = (): WidgetState => stateOf(chatWindow);
  const speaker = createSpeaker(chatWindow, place);
  const stops = [
    tellPage(chatWindow, state),
    tellStatus(chatWindow),
    keepReset(chatWindow),
    keepLock(chatWindow),
    keepLook(chatWindow, place),
    speaker.stop,
    keepLauncher(chatWindow),
    followKeyboard(place),
    chatWindow.watch(() => {
      const open = chatWindow.windowOpen.value;
      if (!open) chatWindow.popover.value = null;
      const hadFocus = !open && root.activeElement !== null;
      render(
        open ? (
          <ChatWindowContext.Provider value={chatWindow}>
            <Window />
          </ChatWindowContext.Provider>
        ) : null,
        place,
      );
      if (hadFocus) launcher.button.focus();
    }),
  ];
  if (String(host.options.debug ?? false) !== "false")
    void import("../host-page/debug.ts").then((part) => part.report(chatWindow));
  const verbs = verbsOf(chatWindow, speaker.speak);
  // A link to come back by is for an open window.
  if (chatWindow.landing.value) verbs.open();
  void chat.boot();
  if (recall(host.options.channel).popout && !host.bringBack)
    void import("../popout/move.ts").then(({ follow }) => follow(chatWindow));
  return {
    verbs,
    state,
    unmount() {
      for (const stop of stops) stop();
      render(null, place);
      place.remove();
      chatWindow.dispose();
      chat.close();
    },
  };
}

function stateOf(chatWindow: ChatWindow): WidgetState {
  const { boot, windowOpen, unread, speech, conversation, host } = chatWindow;
  return {
    channel: host.options.channel,
    ready: boot.peek().name === "ready",
    open: windowOpen.peek(),
    unread: unread.peek(),
    language: speech.peek().language,
    status: conversation.peek()?.session?.status ?? null,
    conversationId: conversation.peek()?.id ?? null,
  };
}

const NO_ACCESS: Pick<Problem, "code" | "title" | "detail"> = {
  code: "token-expired",
  title: "Access has run out; its renewal is tried again and again",
};

function verbsOf(chatWindow: ChatWindow, setLanguage: (language: string) => void): ChatVerbs {
  const { chat, windowOpen, scheme, conversation, lapsed, host } = chatWindow;
  /** The page hears why what it asked for was not done. */
  const tell = async (act: () => Promise<Answered>) => {
    const answered = lapsed.peek() ? null : await act();
    if (answered?.ok) return;
    const { code, title, detail = title } = answered?.problem ?? NO_ACCESS;
    host.emit("error", { code, detail });
  };
  return {
    open: () => {
      hideLauncher(host, false);
      chat.setWindowOpen(true);
    },
    close: () => chat.setWindowOpen(false),
    toggle: () => chat.setWindowOpen(!windowOpen.peek()),
    setHiddenFields: (values) => chat.setHiddenFields(values),
    prefill: (values, { editable = true } = {}) => chat.prefill(values, { editable }),
    identify: (token) => void chat.signIn(token),
    signOut: () => {
      chat.setWindowOpen(false);
      void chat.signOut();
    },
    setLanguage,
    setScheme: (wanted) => {
      scheme.value = wanted;
    },
    start: async () => {
      chat.setWindowOpen(true);
      const asked = bootOf(chatWindow)?.preChat.fields.some((field) => !field.hidden);
      if (!conversation.peek() && asked === false) await tell(() => chat.start({ answers: [] }));
    },
    end: () => void tell(chat.end),
    newConversation: () => {
      chat.newConversation();
      chat.setWindowOpen(true);
    },
    clear: (mode = "end") => void chat.clear(mode),
  };
}

/** Tokens of the deployment's look, in the scheme that the page, the deployment or the system asks for. */
function keepLook(chatWindow: ChatWindow, place: HTMLElement): () => void {
  const { host, scheme } = chatWindow;
  const system = matchMedia("(prefers-color-scheme: dark)");
  const show = () => {
    const look = bootOf(chatWindow)?.look;
    const wanted = scheme.value ?? look?.scheme ?? "auto";
    const dark = wanted === "dark" || (wanted === "auto" && system.matches);
    place.dataset.scheme = dark ? "dark" : "light";
    const { colour = "#24262e", position = "end" } = look ?? host.options;
    const tokens = tokensOf({ colourText: null, radius: 14, font: null, ...look, colour }, dark);
    for (const [name, value] of Object.entries(tokens)) place.style.setProperty(name, value);
    place.classList.toggle("start", position === "start");
    if (!look) return;
    const text = textOn(look.colour, look.colourText);
    host.launcher.setLook({ colour: look.colour, text, position: look.position });
    remember(host.options.channel, { colour: look.colour, text, position: look.position });
  };
  const stop = chatWindow.watch(show);
  system.addEventListener("change", show);
  return () => {
    stop();
    system.removeEventListener("change", show);
  };
}

/** The launcher's badge, the title's counter, and what the loader needs to know the next time. */
function keepLauncher(chatWindow: ChatWindow): () => void {
  const { unread, windowOpen, conversation, host, boot } = chatWindow;
  const title = createTitleCounter();
  const { channel } = host.options;
  const stop = chatWindow.watch(() => {
    const open = windowOpen.value;
    host.launcher.setOpen(open);
    host.launcher.setUnread(unread.value);
    title.show(unread.value, chatWindow.say("titleUnread", { count: unread.value }));
    if (boot.value.name === "ready" && recall(channel).conversation !== (conversation.value !== null))
      remember(channel, { conversation: conversation.value !== null });
  });
  return () => {
    stop();
    title.show(0, "");
  };
}

/** On phones the window shrinks to what the virtual keyboard leaves, so that the field to write in stays in sight. */
function followKeyboard(place: HTMLElement): () => void {
  const viewport = window.visualViewport;
  if (!viewport) return () => undefined;
  const follow = () => {
    place.style.setProperty("--visible-height", `${Math.round(viewport.height)}px`);
    place.style.setProperty("--visible-top", `${Math.round(viewport.offsetTop)}px`);
  };
  follow();
  viewport.addEventListener("resize", follow);
  viewport.addEventListener("scroll", follow);
  return () => {
    viewport.removeEventListener("resize", follow);
    viewport.removeEventListener("scroll", follow);
  };
}
