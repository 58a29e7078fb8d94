import { useState } from "preact/hooks";
import type { PageProps } from "./page-props.ts";

/** Giving the form up, asked twice. */
export function Stop({ form, say }: PageProps) {
  const [asked, ask] = useState(false);
  if (!asked)
    return (
      <button type="button" class="ff-link" onClick={() => ask(true)}>
        {say("cancel")}
      </button>
    );
  return (
    <>
      <span>{say("cancelSure")}</span>
      <button type="button" class="ff-link" onClick={() => form.cancel()}>
        {say("cancelYes")}
      </button>
      <button type="button" class="ff-link" onClick={() => ask(false)}>
        {say("cancelNo")}
      </button>
    </>
  );
}
