import type { ChatWindow } from "../conversation/window-state.ts";

export const nameOf = (channel: string) => `clew-popout-${channel}`;

/** Only what the browser's windows share can be in another one, and on phones the chat fills the screen already. */
export function mayPopOut({ conversation, storage }: ChatWindow): boolean {
  const sharing = storage.value === "durable" && "locks" in navigator;
  return sharing && conversation.value !== null && matchMedia("(min-width: 481px)").matches;
}

/** Opens the window within the press itself, because browsers block what comes later, and then moves the chat into it. */
export function openPopout(chatWindow: ChatWindow): void {
  const { host, notice, say } = chatWindow;
  const popup = open("", nameOf(host.options.channel), "popup,width=400,height=680");
  const fail = (text: string) => {
    popup?.close();
    notice.value = { text, tone: "error" };
  };
  if (popup)
    import("./move.ts").then(
      ({ moveInto }) => moveInto(popup, chatWindow).catch(() => fail(say("failedText"))),
      () => fail(say("failedText")),
    );
  else fail(say("popoutBlocked"));
}
