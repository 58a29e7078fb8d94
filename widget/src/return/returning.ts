import { bootOf, type ChatWindow } from "../conversation/window-state.ts";
import { recall, remember } from "../loader/remembered.ts";

/** How often a touch is noted, in milliseconds. */
const NOTE_EVERY_MS = 1_000;
const TOUCHES = ["pointerdown", "keydown"] as const;

/** Whether the agent's end asks for something of this window that has not been answered yet. */
export function afterAgentEnd(chatWindow: ChatWindow): "readOnly" | "ask" | null {
  const { conversation, wroteAgain } = chatWindow;
  const policy = bootOf(chatWindow)?.onAgentEnd;
  const session = conversation.value?.session;
  if (conversation.value?.status !== "open" || !session || !endedByAgent(chatWindow)) return null;
  if (wroteAgain.value === session.id) return null;
  return policy === "readOnly" || policy === "ask" ? policy : null;
}

/** An agent pressed End; not silence, a drop or the customer. */
function endedByAgent({ conversation }: ChatWindow): boolean {
  const end = conversation.value?.session?.end;
  return end?.why === "ended" && (end.by === "agent" || end.by === "supervisor");
}

/** Resets when the agent ends, where the channel says so, and then shows what it says. */
export function keepReset(chatWindow: ChatWindow): () => void {
  const { chat, clearing, notice, say, host } = chatWindow;
  let ours = false;
  const stops = [
    chatWindow.watch(() => {
      if (ours || clearing.value || bootOf(chatWindow)?.onAgentEnd !== "reset" || !endedByAgent(chatWindow)) return;
      ours = true;
      void chat.clear("end");
    }),
    chat.onSignal((signal) => {
      if (signal.type !== "cleared") return;
      const then = ours ? bootOf(chatWindow)?.afterReset : "offer";
      if (ours) notice.value = { text: say("clearedByAgent"), tone: "plain" };
      ours = false;
      if (then === "close" || then === "hide") chat.setWindowOpen(false);
      hideLauncher(host, then === "hide");
    }),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

/** A launcher that was hidden is there again when the page opens the chat. */
export function hideLauncher({ launcher }: ChatWindow["host"], hidden: boolean): void {
  if (launcher.button.parentElement) launcher.button.parentElement.hidden = hidden;
}

/** Locks the window when nobody has touched the page for as long as the channel says; a reload unlocks nothing. */
export function keepLock(chatWindow: ChatWindow): () => void {
  const { locked, host } = chatWindow;
  const { channel } = host.options;
  let noted = recall(channel).touched ?? Date.now();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const look = () => {
    clearTimeout(timer);
    const after = bootOf(chatWindow)?.idleLock;
    if (!after || locked.peek()) return;
    const left = (recall(channel).touched ?? noted) + after - Date.now();
    if (left <= 0) locked.value = chatWindow.conversation.peek() !== null || chatWindow.draft.peek() !== "";
    if (!locked.peek()) timer = setTimeout(look, Math.max(left, NOTE_EVERY_MS));
  };
  const touch = () => {
    if (locked.peek() || !bootOf(chatWindow)?.idleLock || Date.now() - noted < NOTE_EVERY_MS) return;
    noted = Date.now();
    remember(channel, { touched: noted });
  };
  const stop = chatWindow.watch(look);
  for (const kind of TOUCHES) document.addEventListener(kind, touch, true);
  return () => {
    stop();
    clearTimeout(timer);
    for (const kind of TOUCHES) document.removeEventListener(kind, touch, true);
  };
}

/** The person is back, or another one begins: time counts from now. */
export function unlock({ locked, host }: ChatWindow): void {
  remember(host.options.channel, { touched: Date.now() });
  locked.value = false;
}
