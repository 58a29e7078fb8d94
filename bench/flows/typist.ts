import { randomBytes } from "node:crypto";
import type { FormSay } from "@clew/contract/flows/form-live";
import { uuidv7 } from "@clew/contract/uuid";
import { spread } from "../load/ledger.ts";
import type { TypedResult } from "./people-messages.ts";

/** A field is typed in so many times before the next one. */
const IN_ONE_FIELD = 8;
const WORDS = "what somebody writes into a field, word by word, until it is all there and right";

type Send = (act: { act: "set"; op: string; field: string; value: string; base: number }) => void;

/** One of the two who type in a form. Every change says which it is, so that whoever sees it can tell what came. */
export class Typist {
  readonly #fields: readonly string[];
  readonly #send: Send;
  readonly #unconfirmed = new Map<string, { field: string; number: number }>();
  #unseen: { number: number; at: number }[] = [];
  #sent = 0;
  #refused = 0;
  readonly delays: number[] = [];
  /** Which change of each field was the last that the server confirmed. */
  readonly confirmed = new Map<string, number>();

  constructor(fields: readonly string[], send: Send) {
    this.#fields = fields;
    this.#send = send;
  }

  get busy(): boolean {
    return this.#unconfirmed.size + this.#unseen.length > 0;
  }

  type(): void {
    this.#sent += 1;
    const number = this.#sent;
    const field = this.#fields[Math.floor(number / IN_ONE_FIELD) % this.#fields.length] as string;
    const value = `${number} ${WORDS.slice(0, 8 + (number % IN_ONE_FIELD) * 8)}`;
    const op = uuidv7(Date.now(), randomBytes(10));
    this.#unconfirmed.set(op, { field, number });
    this.#unseen.push({ number, at: performance.now() });
    this.#send({ act: "set", op, field, value, base: 0 });
  }

  /** What the server answers. */
  heard(say: FormSay): void {
    if (say.say === "ack") this.#confirm(say.op);
    if (say.say === "refused") this.#refused += 1;
    if (say.say === "reject" && this.#unconfirmed.delete(say.op)) this.#refused += 1;
  }

  #confirm(op: string): void {
    const change = this.#unconfirmed.get(op);
    if (!change) return;
    this.#unconfirmed.delete(op);
    this.confirmed.set(change.field, Math.max(change.number, this.confirmed.get(change.field) ?? 0));
  }

  /** The other side sees a value of this one's; changes that came before it are in it. */
  seen(value: unknown): void {
    const number = numberOf(value);
    const now = performance.now();
    for (const one of this.#unseen) if (one.number <= number) this.delays.push(now - one.at);
    this.#unseen = this.#unseen.filter((one) => one.number > number);
  }

  static result(typists: readonly Typist[]): TypedResult {
    const sum = (of: (typist: Typist) => number) => typists.reduce((all, typist) => all + of(typist), 0);
    return {
      sent: sum((typist) => typist.#sent),
      unconfirmed: sum((typist) => typist.#unconfirmed.size),
      refused: sum((typist) => typist.#refused),
      unseen: sum((typist) => typist.#unseen.length),
      delay: spread(typists.flatMap(({ delays }) => delays)),
    };
  }
}

/** Which change of a typist a value is. */
export function numberOf(value: unknown): number {
  return Number.parseInt(String(value), 10);
}
