import { MAX_ATTACHMENT_BYTES, MAX_MESSAGE_FILES } from "@clew/contract/limits";
import { fileSize } from "../strings/times.ts";
import { type ChatWindow, ownUploads } from "./window-state.ts";

/** Kinds that the server refuses by what it finds inside; told here before the upload is waited for. */
const REFUSED = /\.(exe|msi|bat|cmd|com|scr|ps1|vbs|js|mjs|jar|app|apk|dmg|sh|html?|svg|lnk|dll)$/i;

/** Starts storing files for the next message. What cannot be taken is said at once, the others go on. */
export function addFiles(chatWindow: ChatWindow, files: readonly File[]): void {
  const { chat, notice, say, speech } = chatWindow;
  const room = MAX_MESSAGE_FILES - ownUploads(chatWindow).length;
  notice.value = null;
  if (files.length > room) notice.value = { text: say("tooManyFiles", { count: MAX_MESSAGE_FILES }), tone: "error" };
  for (const file of files.slice(0, Math.max(0, room))) {
    if (file.size > MAX_ATTACHMENT_BYTES) {
      const size = fileSize(MAX_ATTACHMENT_BYTES, speech.value);
      notice.value = { text: say("fileTooLarge", { name: file.name, size }), tone: "error" };
    } else if (REFUSED.test(file.name)) {
      notice.value = { text: say("fileRefused", { name: file.name }), tone: "error" };
    } else void chat.upload(file);
  }
}
