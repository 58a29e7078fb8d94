import type { OpenConversation } from "@clew/client/agent";
import type { FormEntry } from "@clew/contract/flows/entries";
import type { LiveFormState } from "@clew/widget/flow-forms/live-form";
import { Skeleton, Text } from "@mantine/core";
import { useId } from "react";
import { left } from "../clock/ages.ts";
import { useServerNow } from "../clock/use-server-now.ts";
import { t } from "../strings/strings.ts";
import { FormActions } from "./form-actions.tsx";
import classes from "./mirror.module.css";
import { MirrorFields } from "./mirror-fields.tsx";
import { asked, countOf } from "./mirror-rows.ts";
import { useLiveForm } from "./use-live-form.ts";

type Props = { entry: FormEntry; handle: OpenConversation; customer: string };

/** A form that the customer has, as its agent sees it: how far it is, what stands in it, and what can be done about it. */
export function FormMirror({ entry, handle, customer }: Props) {
  const { form, state, failed } = useLiveForm(handle, entry);
  const heading = useId();
  const now = useServerNow();
  const here = state?.people.some(({ who }) => who === "customer") ?? false;
  return (
    <section className={classes.mirror} aria-labelledby={heading}>
      <header className={classes.head}>
        <h5 id={heading} dir="auto">
          {entry.title}
        </h5>
        <span className={classes.state} data-state={entry.state}>
          {entry.state === "open" && entry.expiresAt !== null
            ? t("mirror.left", { left: left(entry.expiresAt, now) })
            : t(`mirror.state.${entry.state}`)}
        </span>
      </header>
      <p className={classes.line} role="status">
        {progressText(entry, state, customer)}
      </p>
      {entry.remark && <p className={classes.quiet}>{t("mirror.remarked", { text: entry.remark.text })}</p>}
      {entry.state === "open" && state && (
        <p className={classes.quiet}>{t(here ? "mirror.here" : "mirror.notHere", { name: customer })}</p>
      )}
      {entry.state === "open" && form && !state?.page && state?.connection !== "offline" && (
        <Skeleton height={48} role="status" aria-label={t("mirror.loading")} />
      )}
      {(failed || state?.connection === "offline") && (
        <Text size="xs" role="alert">
          {t("mirror.failed")}
        </Text>
      )}
      {entry.state === "open" && form && state?.page && <MirrorFields form={form} state={state} customer={customer} />}
      <FormActions entry={entry} handle={handle} fields={state ? asked(state) : []} />
    </section>
  );
}

/** "Ines is filling in the form · 2 of 5", as far as it is known. */
function progressText(entry: FormEntry, state: LiveFormState | null, name: string): string {
  if (entry.state !== "open") return t(`mirror.state.${entry.state}`);
  if (!state?.page) return t("flows.waits.formUnseen", { name, all: t("flows.questions", { count: entry.questions }) });
  return t("flows.waits.form", { name, ...countOf(state, entry.questions) });
}
