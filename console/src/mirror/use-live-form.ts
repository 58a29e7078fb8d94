import type { OpenConversation } from "@clew/client/agent";
import type { FormEntry } from "@clew/contract/flows/entries";
import type { LiveForm, LiveFormState } from "@clew/widget/flow-forms/live-form";
import { useState, useSyncExternalStore } from "react";

/** A form that is open, for as long as it is shown; `form` null until its part of the client is there. */
export function useLiveForm(
  handle: OpenConversation,
  entry: FormEntry,
): { form: LiveForm | null; state: LiveFormState | null } {
  const [form] = useState<LiveForm | null>(null);
  const state = useSyncExternalStore(form?.state.subscribe ?? nothing, () => form?.state.get() ?? null);
  return { form, state };
}

function nothing(): () => void {
  return () => {};
}
