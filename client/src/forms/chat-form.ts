import type { FormEntry } from "@clew/contract/flows/entries";
import type { Chat } from "../chat.ts";
import { liveForm, type OpenForm } from "./live-form.ts";
import type { FormMessage } from "./port.ts";

/** An open form of a customer's chat. */
export function chatForm(chat: Chat, entry: FormEntry): OpenForm {
  const conversationId = chat.state.get().conversation?.id ?? "";
  return liveForm(
    {
      ...chat.form,
      conversationId,
      side: "customer",
      onMessage(listener: (message: FormMessage) => void) {
        return chat.onSignal((signal) => {
          if (signal.type === "form") listener(signal.message);
        });
      },
      read() {
        const { connection, conversation } = chat.state.get();
        const found = conversation?.forms?.find(({ id }) => id === entry.id) ?? null;
        return { connected: connection.name === "live", entry: conversation?.id === conversationId ? found : null };
      },
      onChange: (listener) => chat.state.subscribe(listener),
      async upload(file, told) {
        const stop = chat.state.subscribe(() => {
          const found = chat.state.get().uploads.find(({ name, size }) => name === file.name && size === file.size);
          if (found) told(found.sent / Math.max(1, found.size));
        });
        const upload = await chat.upload(file);
        stop();
        // The file belongs to the form, not to the next message.
        chat.removeUpload(upload.id);
        if (upload.state !== "stored") return { problem: "problem" in upload ? upload.problem.code : "unavailable" };
        const { id, name, size, type } = upload.attachment;
        return { id, name, size, type };
      },
    },
    entry,
  );
}
