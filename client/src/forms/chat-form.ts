import type { FormEntry } from "@clew/contract/flows/entries";
import type { Chat } from "../chat.ts";
import type { Upload } from "../state.ts";
import { liveForm, type OpenForm } from "./live-form.ts";
import type { FormFiles, FormMessage, FormUpload } from "./port.ts";

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
        const { connection, conversation, lapsed, sentForms } = chat.state.get();
        const found = conversation?.forms?.find(({ id }) => id === entry.id) ?? null;
        const connected = connection.name === "live" && !lapsed;
        const sent = sentForms.findLast(({ formId }) => formId === entry.id);
        return { connected, entry: conversation?.id === conversationId ? found : null, sent };
      },
      onChange: (listener) => chat.state.subscribe(listener),
      discard: chat.discard,
      files: filesOf(chat, `form ${entry.id} `),
    },
    entry,
  );
}

/** The chat's uploads that are for fields of the form: their purpose is the form's and the field. */
function filesOf(chat: Chat, form: string): FormFiles & { list(): readonly FormUpload[] } {
  let of: readonly Upload[] | null = null;
  let list: readonly FormUpload[] = [];
  return {
    list() {
      const { uploads } = chat.state.get();
      if (uploads !== of) {
        of = uploads;
        const own = uploads.filter(({ purpose }) => purpose?.startsWith(form));
        if (own.length > 0 || list.length > 0) list = own.map((one) => uploadOf(one, form));
      }
      return list;
    },
    add: (field, file) => void chat.upload(file, form + field),
    retry: chat.retryUpload,
    drop: chat.removeUpload,
  };
}

function uploadOf(upload: Upload, form: string): FormUpload {
  const { id, name, size, sent, purpose = "" } = upload;
  const base = { id, name, field: purpose.slice(form.length), share: Math.min(1, sent / Math.max(1, size)) };
  if (upload.state === "uploading") return { ...base, state: "going" };
  if (upload.state === "failed") {
    const { code, retry } = upload.problem;
    return { ...base, state: "failed", problem: code, again: retry !== "no" };
  }
  const { attachment } = upload;
  const file = { id: attachment.id, name: attachment.name, size: attachment.size, type: attachment.type };
  return { ...base, state: "stored", file };
}
