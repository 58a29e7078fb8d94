import type { OpenConversation } from "@clew/client/agent";
import type { FormEntry } from "@clew/contract/flows/entries";
import { IconDownload, IconLock } from "@tabler/icons-react";
import { timeOfDay } from "../clock/ages.ts";
import { useDesk, useReadable, useViewer } from "../desk.tsx";
import { t } from "../strings/strings.ts";
import classes from "./mirror.module.css";
import { SecretAnswer } from "./secret-answer.tsx";
import { SendBack } from "./send-back.tsx";

/** What was sent, as both sides keep it: of private answers only that they were given. */
export function ReceiptCard({ form, by, handle }: { form: FormEntry; by: string; handle: OpenConversation }) {
  const { receipt } = form;
  const desk = useDesk();
  const viewer = useViewer();
  const { conversation } = useReadable(handle.state);
  if (!receipt) return null;
  const serves = conversation?.session?.agent?.id === viewer.agentId && conversation.session.status !== "ended";
  // What was sent last is sent back; what it took the place of is only kept.
  const latest = conversation?.forms?.find(({ id }) => id === form.id);
  const returnable = latest?.state === "submitted" && latest.receipt?.id === receipt.id;
  return (
    <section className={classes.receipt} aria-label={`${t("mirror.receipt")}: ${form.title}`}>
      <header>
        <strong dir="auto">{form.title}</strong>
        <span>
          {t("mirror.receiptOf", { name: receipt.by === "customer" ? by : t("mirror.byAgent") })} ·{" "}
          <time>{timeOfDay(receipt.at)}</time>
          {receipt.late && ` · ${t("mirror.receiptLate")}`} ·{" "}
          {t("mirror.receiptVersion", { version: form.flow.version })}
        </span>
      </header>
      <dl>
        {receipt.answers.map(({ field, label, text, files, privacy, consent }) => (
          <div key={field}>
            <dt dir="auto">{label}</dt>
            <dd dir="auto">
              {files?.map(({ id, name }) => (
                <a key={id} className={classes.file} href={desk.attachmentUrl(id)} download={name}>
                  <IconDownload size={13} aria-hidden="true" /> <bdi>{name}</bdi>
                </a>
              ))}
              {files
                ? null
                : (text ?? (
                    <span className={classes.quiet}>
                      <IconLock size={11} aria-hidden="true" /> {t("mirror.given")}
                    </span>
                  ))}
              {consent && (
                <span className={classes.words} title={t("mirror.consentHash", { hash: consent.hash })}>
                  {t("mirror.consentTo", { text: consent.textId, version: consent.version })}
                </span>
              )}
              {consent?.ip && <span className={classes.words}>{t("mirror.consentFrom", { ip: consent.ip })}</span>}
              {consent?.userAgent && <span className={classes.words}>{consent.userAgent}</span>}
              {privacy === "secret" && (
                <SecretAnswer of={{ id: handle.id, formId: form.id }} {...{ field, label }} sentAt={receipt.at} />
              )}
            </dd>
          </div>
        ))}
      </dl>
      {serves && conversation.status !== "closed" && returnable && <SendBack entry={latest} handle={handle} />}
    </section>
  );
}
