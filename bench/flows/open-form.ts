import { randomBytes } from "node:crypto";
import type { FormSay } from "@clew/contract/flows/form-live";
import type { ServerMessage } from "@clew/contract/stream";
import { uuidv7 } from "@clew/contract/uuid";
import { Stream } from "../load/clew.ts";
import { type SignedIn, startGuest } from "../load/clew-api.ts";
import { FIELDS, SCRIPT, THANKS } from "./definitions.ts";
import { Typist } from "./typist.ts";

const fieldsOf = (who: string) => Array.from({ length: FIELDS }, (_, index) => `ask.${who}${index + 1}`);
const newId = () => uuidv7(Date.now(), randomBytes(10));

/** A window of an agent; several forms are open in it. */
export type Window = { agent: SignedIn; stream: Stream; forms: Map<string, OpenForm> };

/** A form that a customer and an agent have open, each with a typist's hands. */
export class OpenForm {
  readonly conversationId = newId();
  readonly window: Window;
  formId = "";
  readonly customer: Typist;
  readonly agent: Typist;
  /** When it was sent, and how long it took until the agent's flow went on, in milliseconds. */
  sentAt: number | null = null;
  onward: number | null = null;
  #stream: Stream | null = null;

  constructor(window: Window) {
    this.window = window;
    this.customer = new Typist(fieldsOf("customer"), (act) =>
      this.#stream?.send({ type: "form", conversationId: this.conversationId, formId: this.formId, act }),
    );
    this.agent = new Typist(fieldsOf("agent"), (act) =>
      window.stream.send({ type: "form", conversationId: this.conversationId, formId: this.formId, act }),
    );
  }

  /** A customer comes, an agent takes over and presses the button; both have the form open. */
  async open(url: string, { channelId, desk }: { channelId: string; desk: Stream }): Promise<void> {
    const { conversationId, window } = this;
    const topic = { kind: "conversation" as const, id: conversationId };
    const { accessToken } = await startGuest(url, channelId);
    const customer = await Stream.open(url, { token: accessToken }, (message) => this.#customerHears(message));
    this.#stream = customer;
    await customer.command({
      type: "conversation.start",
      id: newId(),
      conversationId,
      channelId,
      language: "en",
      shows: ["forms"],
      answers: [
        { key: "name", value: "Ana", how: "typed" },
        { key: "email", value: "ana@clew.example", how: "typed" },
        { key: "topic", value: "advice", how: "typed" },
      ],
    });
    customer.send({ type: "subscribe", topic });
    await desk.command({ type: "session.take", id: newId(), conversationId, agentId: window.agent.agent.id });
    window.forms.set(conversationId, this);
    const live = window.stream.until(
      (message) =>
        message.type === "live" && message.topic.kind === "conversation" && message.topic.id === conversationId,
    );
    window.stream.send({ type: "subscribe", topic });
    await live;
    const opened = customer.until(
      (message) => message.type === "events" && message.events.some((event) => event.type === "form.opened"),
    );
    const response = await fetch(`${url}/api/v1/flows/${SCRIPT.key}/runs`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        cookie: window.agent.cookie,
        "x-clew-csrf": window.agent.csrf,
      },
      body: JSON.stringify({ id: newId(), conversationId, inputs: {} }),
    });
    if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
    const message = await opened;
    for (const event of message.type === "events" ? message.events : [])
      if (event.type === "form.opened") this.formId = event.form.id;
    for (const stream of [customer, window.stream]) {
      const joined = stream.until((heard) => this.#sayOf(heard)?.say === "view");
      stream.send({ type: "form", conversationId, formId: this.formId, act: { act: "join" } });
      await joined;
    }
  }

  submit(): void {
    this.sentAt = performance.now();
    const { conversationId, formId } = this;
    this.#stream?.send({
      type: "command",
      command: { type: "form.submit", id: newId(), conversationId, formId, revision: 1, values: {} },
    });
  }

  agentHears(message: ServerMessage): void {
    if (
      message.type === "events" &&
      message.events.some((event) => event.type === "message.posted" && event.text === THANKS)
    )
      this.onward ??= performance.now() - (this.sentAt ?? Number.NaN);
    const say = this.#sayOf(message);
    if (!say) return;
    this.agent.heard(say);
    if (say.say === "field" && say.view.by === "customer") this.customer.seen(say.view.value);
  }

  #customerHears(message: ServerMessage): void {
    if (message.type === "answer" && !message.ok) throw new Error(JSON.stringify(message.problem));
    const say = this.#sayOf(message);
    if (!say) return;
    this.customer.heard(say);
    if (say.say === "field" && say.view.by === "agent") this.agent.seen(say.view.value);
  }

  #sayOf(message: ServerMessage): FormSay | null {
    return message.type === "form" && message.formId === this.formId ? message.say : null;
  }

  close(): void {
    this.#stream?.close();
  }
}
