import type { SentForm } from "../outgoing/unsent.ts";
import { unreachable } from "../results.ts";
import type { OpenFormState } from "./open-form-state.ts";
import type { FormPort } from "./port.ts";

type Form = { formId: string; revision(): number; put(part: Partial<OpenFormState>): void };

/** The sending of a form: asked for here, in another tab, or before a reload. */
export function formSending(port: FormPort, { formId, revision, put }: Form) {
  let followed = "";
  /** The id under which the disk tells that sending waited here. */
  let waits = "";
  const { conversationId } = port;
  const submission = (id = port.newId()) =>
    ({ type: "form.submit", id, conversationId, formId, revision: revision(), values: {} }) as const;
  /** What is kept of a send that cannot outlive its page. */
  const notSent = (id: string) => ({ command: submission(id), at: port.clock.now(), problem: unreachable() });
  return {
    /** Shows what has become of it. */
    follow(sent: SentForm | undefined): void {
      const { id = "", problem } = sent ?? {};
      const now = id + problem?.code;
      if (now === followed) return;
      followed = now;
      if (problem) put({ sending: problem.code === "invalid" ? "no" : "failed", problems: problem.fields ?? {} });
      else put({ sending: id ? "sending" : "no" });
    },
    /** Secrets are never on disk: a page that goes before they are sent has not sent them, and says so when it is back. */
    submit(values: Readonly<Record<string, unknown>>, secret: boolean): void {
      put({ problems: {} });
      const { sent } = port.read();
      if (sent) port.discard(sent.id);
      const command = { ...submission(), values };
      port.give(command, secret ? notSent(command.id) : {});
    },
    wait(on: boolean): void {
      if (on) waits ||= port.newId();
      if (waits) port.hold(waits, on ? notSent(waits) : null);
    },
  };
}
