import type { FormReceipt } from "@clew/contract/flows/entries";
import type { Actor } from "@clew/domain/actor";
import type { Command } from "@clew/domain/commands";
import type { Raw } from "../database/database.ts";
import { Refused } from "../problems/refused.ts";

export type FormSubmit = Extract<Command, { type: "form.submit" }>;
/**
 * A submission that was checked against its form: what both sides keep of it, and the whole for the store. `late`: the
 * form has expired, and is taken all the same.
 */
export type CheckedForm = { receipt: Omit<FormReceipt, "revision">; late: boolean; submission: unknown };

/** What the door needs of forms: their definitions and drafts, in the transaction of the submission. */
export type Forms = {
  /** Throws `Refused`: not found, not open, or answers that do not fit, by field. */
  check(raw: Raw, command: FormSubmit, actor: Actor): Promise<CheckedForm>;
  keep(raw: Raw, submission: unknown): Promise<void>;
};

export function sendsForm(command: Command): command is FormSubmit {
  return command.type === "form.submit";
}

/** The submission checked, or why it is refused. */
export async function checkForm(
  raw: Raw,
  forms: Forms,
  given: { command: FormSubmit; actor: Actor },
): Promise<CheckedForm | Refused> {
  try {
    return await forms.check(raw, given.command, given.actor);
  } catch (error) {
    if (error instanceof Refused) return error;
    throw error;
  }
}
