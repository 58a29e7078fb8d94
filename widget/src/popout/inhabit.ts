import { type Chat, createChat } from "@clew/client";
import { mountWindow } from "../conversation/mount-window.tsx";
import { createLauncher } from "../launcher/launcher.ts";
import { recall, remember } from "../loader/remembered.ts";
import { lockOf, MOVED_IN, type Moved } from "./move.ts";
import css from "./popout.css?inline";

/** Where this file is: the page takes it from here for the window that it prepares, where it runs. */
export const script = import.meta.url;

/** In a window that a page has prepared for the chat: the same session, over the page's own storage and its one connection. */
function inhabit(given: string): void {
  const moved = JSON.parse(given) as Moved;
  const { channel, server, language, page } = moved;
  const element = document.createElement("clew-chat");
  const root = element.attachShadow({ mode: "open" });
  document.body.append(element);
  const launcher = createLauncher(root, language, () => undefined);
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  const chat = alwaysOpen(createChat({ server, channelId: channel, language, page, shows: ["forms"] }));
  const options = { channel, server, language };
  mountWindow({ options, root, launcher, bringBack: () => close(), emit: () => undefined }, chat);
  root.adoptedStyleSheets.push(sheet);
  void navigator.locks.request(lockOf(moved), () => {
    remember(channel, { popout: true });
    addEventListener("storage", () => recall(channel).popout || close());
    document.dispatchEvent(new Event(MOVED_IN));
    return new Promise(() => {});
  });
}

/** Whether the page's window is open is shared by all; this one is open as long as it is there. */
function alwaysOpen(chat: Chat): Chat {
  const { state } = chat;
  return {
    ...chat,
    state: { ...state, get: () => ({ ...state.get(), windowOpen: true }) },
    setWindowOpen: () => undefined,
  };
}

const prepared = document.documentElement.dataset.clewPopout;
if (prepared) inhabit(prepared);
