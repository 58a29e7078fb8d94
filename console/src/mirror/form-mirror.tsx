import type { OpenConversation } from "@clew/client/agent";
import type { FormEntry } from "@clew/contract/flows/entries";
import type { LiveForm, LiveFormState } from "@clew/widget/flow-forms/live-form";
import { Skeleton, Text } from "@mantine/core";
import { useId } from "react";
import { left } from "../clock/ages.ts";
import { useServerNow } from "../clock/use-server-now.ts";
import { useReadable, useViewer } from "../desk.tsx";
import { type StringKey, t } from "../strings/strings.ts";
import { FormActions } from "./form-actions.tsx";
import classes from "./mirror.module.css";
import { MirrorFields } from "./mirror-fields.tsx";
import { asked, countOf } from "./mirror-rows.ts";
import { SendFor } from "./send-for.tsx";
import { useLiveForm } from "./use-live-form.ts";

const LIST = new Intl.ListFormat("en", { type: "conjunction" });

type Props = { entry: FormEntry; handle: OpenConversation; customer: string };

/** A form that the customer has, as its agent sees it: how far it is, what stands in it, and what can be done about it. */
export function FormMirror({ entry, handle, customer }: Props) {
  const { form, state, failed } = useLiveForm(handle, entry);
  const { conversation, customerConnected } = useReadable(handle.state);
  const viewer = useViewer();
  const heading = useId();
  const now = useServerNow();
  const { session } = conversation ?? {};
  const connected = session?.away ? false : customerConnected;
  const serves = session?.agent?.id === viewer.agentId;
  const others = (state?.people ?? []).filter(({ who, id }) => who !== "customer" && id !== viewer.agentId);
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
      {entry.state === "open" && entry.remark && (
        <p className={classes.quiet}>{t("mirror.remarked", { text: entry.remark.text })}</p>
      )}
      {entry.state === "open" && state && (
        <p className={classes.quiet}>{t(whereabouts(state, connected), { name: customer })}</p>
      )}
      {entry.state === "open" && others.length > 0 && (
        <p className={classes.quiet}>
          {t("mirror.others", { names: LIST.format(others.map(({ name }) => name ?? t("who.agent"))) })}
        </p>
      )}
      {entry.state === "open" && form && !state?.page && state?.connection !== "offline" && (
        <Skeleton height={48} role="status" aria-label={t("mirror.loading")} />
      )}
      {(failed || state?.connection === "offline") && (
        <Text size="xs" role="alert">
          {t("mirror.failed")}
        </Text>
      )}
      {entry.state === "open" && form && state?.page && (
        <MirrorFields form={serves ? form : toBeRead(form)} state={state} customer={customer} />
      )}
      {entry.state === "open" && serves && form && state?.submitBy === "agent" && (
        <SendFor {...{ form, state, entry, handle, customer }} />
      )}
      {(serves || (viewer.supervisor && !session?.agent)) && (
        <FormActions entry={entry} handle={handle} fields={state ? asked(state) : []} />
      )}
    </section>
  );
}

/** "Ines is filling in the form · 2 of 5", as far as it is known. */
function progressText(entry: FormEntry, state: LiveFormState | null, name: string): string {
  if (entry.state !== "open") return t(`mirror.state.${entry.state}`);
  if (!state?.page) return t("flows.waits.formUnseen", { name, all: t("flows.questions", { count: entry.questions }) });
  return t("flows.waits.form", { name, ...countOf(state, entry.questions) });
}

/** Whether the customer has the form before them, and if not, why not as far as it is known. */
function whereabouts({ people, fields }: LiveFormState, connected: boolean | null): StringKey {
  if (people.some(({ who }) => who === "customer")) return "mirror.here";
  if (connected === false) return "mirror.offline";
  return Object.values(fields).some(({ by }) => by === "customer") ? "mirror.away" : "mirror.notHere";
}

/** For whoever looks on and does not serve. */
function toBeRead({ staff: _, ...form }: LiveForm): LiveForm {
  return form;
}
