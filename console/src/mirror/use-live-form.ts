import type { OpenConversation } from "@clew/client/agent";
import type { FormEntry } from "@clew/contract/flows/entries";
import type { LiveForm, LiveFormState } from "@clew/widget/flow-forms/live-form";
import { useEffect, useState, useSyncExternalStore } from "react";

/** A form that is open, for as long as it is shown; `form` null until its part of the client has come. */
export function useLiveForm(
  handle: OpenConversation,
  entry: FormEntry,
): { form: LiveForm | null; state: LiveFormState | null; failed: boolean } {
  const [failed, setFailed] = useState(false);
  const [form, setForm] = useState<LiveForm | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the form follows its entry by itself
  useEffect(() => {
    let close: (() => void) | null = null;
    let gone = false;
    import("@clew/client/forms").then(
      ({ deskForm }) => {
        if (gone) return;
        const opened = deskForm(handle, entry);
        close = opened.close;
        setForm(opened);
      },
      // The part could not be fetched, as after an update of the server: a reload brings the new one.
      () => setFailed(!gone),
    );
    return () => {
      gone = true;
      close?.();
      setForm(null);
    };
  }, [handle, entry.id]);
  const state = useSyncExternalStore(form?.state.subscribe ?? nothing, () => form?.state.get() ?? null);
  return { form, state, failed };
}

function nothing(): () => void {
  return () => {};
}
