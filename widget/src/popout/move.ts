import type { ChatWindow } from "../conversation/window-state.ts";
import { remember } from "../loader/remembered.ts";

/** What the page tells the window that the chat moves into, in its document's `data-clew-popout`. */
export type Moved = { server: string; channel: string; language: string; page: { url: string; title: string } };
/** Told by the window's document when the chat is there. */
export const MOVED_IN = "clew-moved-in";

/** Held by the window that has the chat; whoever is granted it knows that there is none. */
export const lockOf = ({ server, channel }: Pick<Moved, "server" | "channel">) => `clew-popout:${server}:${channel}`;

/** Puts the chat into an empty window of the page's own origin, and brings it back when that is gone. */
export async function moveInto(popup: Window, chatWindow: ChatWindow): Promise<void> {
  const { host, poppedOut, notice, say, text, speech, boot } = chatWindow;
  const { server, channel } = host.options;
  const src = (await host.popoutScript?.()) ?? "";
  const { document: page } = popup;
  if (popup.closed) return;
  poppedOut.value = true;
  if (page.documentElement.dataset.clewPopout) {
    popup.focus();
    return;
  }
  const moved: Moved = {
    server,
    channel,
    language: speech.peek().language,
    page: { url: location.href.slice(0, 2000), title: document.title.slice(0, 300) },
  };
  page.documentElement.dataset.clewPopout = JSON.stringify(moved);
  page.documentElement.lang = moved.language;
  const settings = boot.peek();
  page.title = (settings.name === "ready" && text(settings.boot.look.title)) || say("chat");
  const script = page.createElement("script");
  script.type = "module";
  script.src = src;
  // A strict policy came along with the page's origin: what it trusts here, it trusts there.
  script.nonce = document.querySelector<HTMLScriptElement>("script[nonce]")?.nonce ?? "";
  const comeBack = () => {
    poppedOut.value = false;
  };
  script.onerror = () => {
    popup.close();
    comeBack();
    notice.value = { text: say("failedText"), tone: "error" };
  };
  popup.addEventListener("pagehide", comeBack);
  page.addEventListener(MOVED_IN, () => {
    popup.removeEventListener("pagehide", comeBack);
    // Loaded anew, that window is empty: the chat moves in again.
    follow(chatWindow, () => !popup.closed && moveInto(popup, chatWindow));
  });
  page.head.append(script);
}

/** Says that the chat is elsewhere until the window that has it is gone. */
export function follow(chatWindow: ChatWindow, then: () => unknown = () => {}): void {
  const { host, poppedOut } = chatWindow;
  poppedOut.value = true;
  void navigator.locks.request(lockOf(host.options), () => {
    remember(host.options.channel, { popout: false });
    poppedOut.value = false;
    then();
  });
}
