import type { Config } from "../config.ts";
import { mailPerformer, type SendMail } from "../mail/mail.ts";
import { type Performer, Runner } from "../outbox/runner.ts";
import { outboxStore } from "../outbox/store.ts";
import type { Core } from "./core.ts";

type Parts = Core & {
  config: Pick<Config, "smtpUrl" | "mailFrom">;
  /** By the kind of effect; mail is added where a mail server is named. */
  performers: Readonly<Record<string, Performer>>;
};

/** What is done in the outside world. `sendMail`: null where no mail server is named. */
export function createOutbox(parts: Parts): { runner: Runner; sendMail: SendMail | null } {
  const { database, clock, ids, log, config, performers } = parts;
  const store = outboxStore(database);
  if (!config.smtpUrl) return { runner: new Runner({ store, performers, clock, log }), sendMail: null };
  const mail = mailPerformer(config.smtpUrl, config.mailFrom);
  return {
    runner: new Runner({ store, performers: { ...performers, mail }, clock, log }),
    sendMail: (payload) => store.add({ id: ids.next(), kind: "mail", payload, dueAt: clock.now() }),
  };
}
