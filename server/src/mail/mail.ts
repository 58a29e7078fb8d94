import { createTransport } from "nodemailer";
import type { Performer } from "../outbox/runner.ts";

/** `about` names the conversation, so that a mail goes with it when it is erased. */
export type Mail = { to: string; subject: string; text: string; about: string };
/** Queues a mail: it is sent by the outbox, at least once, and resolves when it is written down. */
export type SendMail = (mail: Mail) => Promise<void>;

/** Codes of SMTP that will not change by trying again: the address or the message is refused. */
const FOR_GOOD = /^5/;

/** Sends a queued mail through the SMTP server at `url` (smtp:// or smtps://, with user and password in it if needed). */
export function mailPerformer(url: string, from: string): Performer {
  const transport = createTransport(url);
  return async ({ id, payload }) => {
    const { to, subject, text } = payload as Mail;
    try {
      // The effect's id as the message id: a server that has it already can drop the repeat.
      await transport.sendMail({ from, to, subject, text, messageId: `<${id}@clew>` });
      return { outcome: "sent", retry: false };
    } catch (error) {
      const { responseCode, code } = error as { responseCode?: number; code?: string };
      const outcome = responseCode ? `smtp-${responseCode}` : (code ?? "failed").toLowerCase();
      return { outcome, retry: !FOR_GOOD.test(String(responseCode ?? "")) };
    }
  };
}
