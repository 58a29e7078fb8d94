import type { FormEntry } from "@clew/contract/flows/entries";
import { IconDownload, IconLock } from "@tabler/icons-react";
import { timeOfDay } from "../clock/ages.ts";
import { useDesk } from "../desk.tsx";
import { t } from "../strings/strings.ts";
import classes from "./mirror.module.css";
import { SecretAnswer } from "./secret-answer.tsx";

/** What was sent, as both sides keep it: of private answers only that they were given. */
export function ReceiptCard({ form, by, conversationId }: { form: FormEntry; by: string; conversationId: string }) {
  const { receipt } = form;
  const desk = useDesk();
  if (!receipt) return null;
  return (
    <section className={classes.receipt} aria-label={`${t("mirror.receipt")}: ${form.title}`}>
      <header>
        <strong dir="auto">{form.title}</strong>
        <span>
          {t("mirror.receiptOf", { name: receipt.by === "customer" ? by : t("mirror.byAgent") })} ·{" "}
          <time>{timeOfDay(receipt.at)}</time>
        </span>
      </header>
      <dl>
        {receipt.answers.map(({ field, label, text, files, privacy }) => (
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
              {privacy === "secret" && (
                <SecretAnswer of={{ id: conversationId, formId: form.id }} {...{ field, label }} sentAt={receipt.at} />
              )}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
