import type { FormEntry } from "@clew/contract/flows/entries";
import type { OpenConversation } from "../agent/desk.ts";
import { liveForm, type OpenForm } from "./live-form.ts";
import type { FormUpload } from "./port.ts";

/** Files are the customer's to give. */
const NO_FILES = { list: () => NONE, add() {}, retry() {}, drop() {} };
const NONE: readonly FormUpload[] = [];

/** A form that a customer has open, as the agent who serves sees it and helps with it. */
export function deskForm(handle: OpenConversation, entry: FormEntry): OpenForm {
  return liveForm(
    {
      ...handle.form,
      conversationId: handle.id,
      side: "staff",
      read() {
        const { conversation, ready } = handle.state.get();
        return {
          connected: ready === "live",
          entry: conversation?.forms?.find(({ id }) => id === entry.id) ?? null,
        };
      },
      discard: handle.discard,
      onChange: (listener) => handle.state.subscribe(listener),
      // What customers type is not kept on agents' machines.
      kept: async () => null,
      keep: () => undefined,
      hold: () => undefined,
      files: NO_FILES,
    },
    entry,
  );
}
