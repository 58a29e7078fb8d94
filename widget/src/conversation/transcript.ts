import type { ChatWindow } from "./window-state.ts";

/** Hands the conversation to the person as a text file. */
export async function saveTranscript({ chat, notice, say }: ChatWindow): Promise<void> {
  const result = await chat.transcript();
  if (!result.ok) {
    notice.value = { text: say("wentWrong"), tone: "error" };
    return;
  }
  const address = URL.createObjectURL(result.value);
  const link = document.createElement("a");
  link.href = address;
  link.download = `chat-${new Date(chat.serverNow()).toISOString().slice(0, 10)}.txt`;
  link.click();
  // The browser may begin reading after this turn; a minute is ample and the page is not left with the file for ever.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
