import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Flow } from "@clew/contract/flows/definition";
import { asks, formOf } from "./form-flows.ts";

/** Asks for a word that is open, an account that is private, and a PIN that is secret. */
export const HIDDEN_FORM = formOf("test.hidden", {
  components: [
    { id: "word", kind: "text", label: "A word for all" },
    { id: "iban", kind: "text", label: "Account", format: "iban", privacy: "private" },
    { id: "pin", kind: "secret", label: "PIN", required: true },
  ],
  outputs: {
    word: { type: "text?" },
    iban: { type: "text?", privacy: "private" },
    pin: { type: "text?", privacy: "secret" },
  },
});

/** Keeps the account on the case and waits, with all that it knows; its steps are recorded with their values. */
export const ASKS_HIDDEN = {
  ...asks("test.asksHidden", {
    form: HIDDEN_FORM.key,
    inputs: { conversationId: { type: "text", required: true }, caseId: { type: "id:Case", required: true } },
    vars: { answer: { type: "map?" }, word: { type: "text?" } },
    ask: { into: "answer", next: "note" },
    nodes: {
      note: { type: "assign", set: [{ var: "word", value: "=answer.word" }], next: "store" },
      store: {
        type: "records.update",
        object: "Case",
        id: "=caseId",
        values: { payoutIban: "=answer.iban", useOfFundsDetail: "=answer.word" },
        next: "wait",
      },
      wait: { type: "wait", any: [{ after: "P7D", next: "end" }] },
    },
  }),
  settings: { trace: "values" },
} as unknown as Flow;

/** All files below a folder, as one text. */
export async function filesIn(folder: string): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const texts = await Promise.all(
    files.map(({ parentPath, name }) => readFile(join(parentPath, name), "latin1").catch(() => "")),
  );
  return texts.join("");
}
