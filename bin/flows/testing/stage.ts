import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ConversationSnapshot } from "@clew/contract/conversations";
import type { CustomerIdentity } from "@clew/contract/customers";
import type { Flow } from "@clew/contract/flows/definition";
import type { FormEntry } from "@clew/contract/flows/entries";
import type { FormSay } from "@clew/contract/flows/form-live";
import type { StoredRecord } from "@clew/contract/flows/records";
import type { RunScreen, RunSummary } from "@clew/contract/flows/runs";
import type { Queue } from "@clew/contract/routing";
import { exactMilliseconds, parseDuration } from "@clew/domain/flows/expressions/durations";
import { flowAdmin } from "@clew/server/testing/flows";
import {
  DEMO_CHANNELS,
  newGuest,
  newId,
  postJson,
  signIn,
  startTestApp,
  TestStream,
} from "@clew/server/testing/test-app";
import type { Case, Step } from "./scenario.ts";

const CHANNEL = DEMO_CHANNELS.shop;
const TYPED = { name: "Ines", email: "ines@clew.example", topic: "advice" };

/** A whole server with a clock that can be moved, a customer and an agent of its demo. */
export class Stage {
  readonly conversationId = newId();
  /** The records of the test by their names, such as "Case:c1". */
  readonly #records = new Map<string, string>();
  readonly #flow: Flow;
  #folder = "";
  #skipped = 0;
  #app!: Awaited<ReturnType<typeof startTestApp>>;
  #admin!: Awaited<ReturnType<typeof flowAdmin>>;
  #identity: CustomerIdentity | null = null;
  #agentHeaders: Record<string, string> = {};
  /** Streams of both, the newest last: a restart begins new ones, and what was told before counts too. */
  #customer: TestStream[] = [];
  #agent: TestStream[] = [];
  #run: string | null = null;

  constructor(flow: Flow) {
    this.#flow = flow;
  }

  async open(flows: readonly Flow[], given: Case["given"]): Promise<void> {
    this.#folder = await mkdtemp(join(tmpdir(), "clew-flow-test-"));
    await this.#serve(0);
    for (const name of given?.skills ?? []) await this.#admin.post("/skills", { name });
    const [usual] = await this.#queues();
    for (const name of given?.queues ?? []) {
      const { id: _id, revision: _revision, ...settings } = usual as Queue;
      await this.#admin.post("/queues", { ...settings, name });
    }
    for (const flow of flows) await this.#admin.publish(flow);
    if (this.#flow.kind !== "routing") await this.#meet({}, true);
    for (const [object, records] of Object.entries(given?.records ?? {})) {
      for (const record of records) await this.#given(object, record);
    }
  }

  async close(): Promise<void> {
    for (const stream of [...this.#customer, ...this.#agent]) stream.cut();
    await this.#app?.close();
    await rm(this.#folder, { recursive: true, force: true });
  }

  async play(step: Step): Promise<void> {
    if (step.restartServer) await this.#restart();
    if (step.clock) await this.#pass(step.clock.slice(1));
    if (step.start) await this.#start(step.start);
    for (const [name, values] of Object.entries(step.change ?? {})) await this.#change(name, values);
    if (step.event) await this.#admin.post("/flow-events", { id: newId(), data: {}, ...step.event });
    if (step.agent) await this.#agentDoes(step.agent);
    if (step.customer) await this.#customerDoes(step.customer);
  }

  async run(): Promise<RunSummary | null> {
    const runs = await this.#admin.runs(`key=${this.#flow.key}`);
    return (this.#run === null ? runs[0] : runs.find(({ id }) => id === this.#run)) ?? null;
  }

  async path(): Promise<string[]> {
    const run = await this.run();
    const { trace } = await this.#admin.run(run?.id ?? "");
    return trace.filter(({ outcome }) => outcome !== null).map(({ node }) => node);
  }

  async screen(): Promise<string | null> {
    return (await this.#screen()).screen?.title ?? null;
  }

  async queue(): Promise<string | null> {
    const { staff } = await this.#snapshot();
    return (await this.#queues()).find(({ id }) => id === staff?.queueId)?.name ?? null;
  }

  /** The name of the bot that serves, if one does. */
  async bot(): Promise<string | null> {
    return (await this.#snapshot()).session?.bot?.name ?? null;
  }

  record(name: string): Promise<StoredRecord> {
    return this.#admin.request("GET", `/records/${name.split(":")[0]}/${this.#records.get(name) ?? name}`);
  }

  /** What was said to the customer, in order. */
  messages(): string[] {
    const posted = this.#events().flatMap((event) =>
      event.type === "message.posted" && event.by.who !== "customer" ? [event.text] : [],
    );
    return posted;
  }

  form(): FormEntry | null {
    const entries = this.#events().flatMap((event) =>
      event.type === "form.opened" || event.type === "form.changed" ? [event.form] : [],
    );
    return entries.at(-1) ?? null;
  }

  /** What the agent is shown of the form, by field without its page. */
  agentSees(): Map<string, unknown> {
    const seen = new Map<string, unknown>();
    for (const say of saysOf(this.#agent)) {
      const views = say.say === "view" ? say.view.fields : say.say === "field" ? [say.view] : [];
      for (const { field, value } of views) seen.set(shortOf(field), value ?? null);
    }
    return seen;
  }

  #events() {
    const byNumber = new Map(
      this.#customer.flatMap((stream) => stream.events(this.conversationId)).map((event) => [event.number, event]),
    );
    return [...byNumber.values()].sort((a, b) => a.number - b.number);
  }

  #snapshot = () => this.#admin.request<ConversationSnapshot>("GET", `/conversations/${this.conversationId}`);
  #queues = async () => (await this.#admin.request<{ items: Queue[] }>("GET", "/queues")).items;
  #screen = async () => this.#admin.request<RunScreen>("GET", `/runs/${(await this.run())?.id}/screen`);

  async #serve(port: number): Promise<void> {
    this.#app = await startTestApp({ data: this.#folder, port });
    this.#app.skip(this.#skipped);
    this.#admin = await flowAdmin(this.#app.url);
  }

  async #restart(): Promise<void> {
    for (const stream of [...this.#customer, ...this.#agent]) stream.cut();
    await this.#app.close();
    await this.#serve(0);
    await this.#connect();
  }

  async #pass(length: string): Promise<void> {
    const duration = parseDuration(length);
    const milliseconds = duration && exactMilliseconds(duration);
    if (!milliseconds) throw new Error(`${length} is no length of days, hours, minutes or seconds`);
    this.#skipped += milliseconds;
    this.#app.skip(milliseconds);
    this.#admin = await flowAdmin(this.#app.url);
    await this.#connect();
  }

  /** Both come in again: whoever was away for long has to show who they are. */
  async #connect(): Promise<void> {
    if (!this.#identity) return;
    const { url } = this.#app;
    const resume = { channelId: CHANNEL, resumeSecret: this.#identity.resumeSecret };
    this.#identity = await postJson<CustomerIdentity>(`${url}/api/v1/identity/resume`, resume);
    const customer = await TestStream.open(url, { token: this.#identity.accessToken });
    const { cookie, headers } = await signIn(url, "amara");
    this.#agentHeaders = headers;
    const agent = await TestStream.open(url, { cookie });
    for (const stream of [customer, agent]) {
      await stream.until(({ type }) => type === "welcome");
      stream.send({ type: "subscribe", topic: { kind: "conversation", id: this.conversationId } });
    }
    this.#customer.push(customer);
    this.#agent.push(agent);
    this.#joined = null;
  }

  /** The conversation begins; `taken`: by the agent, so that nobody else is asked. */
  async #meet(told: Record<string, unknown>, taken: boolean): Promise<void> {
    const { url } = this.#app;
    this.#identity = await newGuest(url, CHANNEL);
    await this.#connect();
    await accepted(this.#customer.at(-1), {
      type: "conversation.start",
      conversationId: this.conversationId,
      channelId: CHANNEL,
      language: "en",
      shows: ["forms"],
      answers: answersOf({ ...TYPED, ...told }),
    });
    // What was there before the conversation could not be listened to.
    await this.#connect();
    if (taken) await this.#take();
  }

  async #take(): Promise<void> {
    await accepted(this.#agent.at(-1), { type: "presence.set", status: "available", reason: null });
    await accepted(this.#agent.at(-1), { type: "session.take", conversationId: this.conversationId });
  }

  async #given(object: string, { id, contact, ...values }: Record<string, unknown>): Promise<void> {
    const held = { ...values };
    if (contact) {
      const made = await this.#admin.post<StoredRecord>("/records/Contact", { id: newId(), values: contact });
      held.contactId = made.id;
    }
    const body = { id: newId(), values: held, conversationId: this.conversationId };
    const made = await this.#admin.post<StoredRecord>(`/records/${object}`, body);
    this.#records.set(`${object}:${id}`, made.id);
  }

  async #start(inputs: Record<string, unknown>): Promise<void> {
    if (this.#flow.kind === "routing") return this.#meet(inputs, false);
    const named = Object.entries(inputs).map(([name, value]) => [name, this.#records.get(`Case:${value}`) ?? value]);
    const { caseId, ...others } = Object.fromEntries(named) as Record<string, unknown>;
    this.#run = newId();
    const body = { id: this.#run, ...(caseId ? { caseId } : { conversationId: this.conversationId }), inputs: others };
    await postJson(`${this.#app.url}/api/v1/flows/${this.#flow.key}/runs`, body, this.#agentHeaders);
  }

  async #change(name: string, values: Record<string, unknown>): Promise<void> {
    const known = await this.record(name);
    await this.#admin.request("PUT", `/records/${known.object}/${known.id}`, { values, version: known.version });
  }

  async #agentDoes({ press, values = {}, endsSession, takes }: NonNullable<Step["agent"]>): Promise<void> {
    if (takes) await this.#take();
    if (endsSession) {
      const { conversationId } = this;
      await this.#admin.post("/staff/commands", { type: "session.end", id: newId(), conversationId });
    }
    if (!press) return;
    const shown = await until(() => this.#screen().then(({ screen }) => screen), "the agent has no screen");
    const run = await this.run();
    const body = { screenId: shown.id, button: press, values };
    await postJson(`${this.#app.url}/api/v1/runs/${run?.id}/answers`, body, this.#agentHeaders);
  }

  async #customerDoes({ set, submit, twice, says, returns }: NonNullable<Step["customer"]>): Promise<void> {
    const { conversationId } = this;
    const stream = this.#customer.at(-1);
    if (says) await accepted(stream, { type: "message.post", conversationId, text: says, attachments: [] });
    if (returns) await accepted(stream, { type: "session.start", conversationId, answers: answersOf(returns) });
    if (set) {
      const form = await this.#join();
      for (const [name, value] of Object.entries(set)) {
        const act = { act: "set" as const, op: newId(), field: this.#fieldOf(name), value, base: 0 };
        stream?.send({ type: "form", conversationId, formId: form.id, act });
        Object.assign(this.#typed, { [this.#fieldOf(name)]: value });
      }
    }
    if (submit) {
      const { id: formId, revision } = await this.#join();
      const command = { type: "form.submit", id: newId(), conversationId, formId, revision, values: this.#typed };
      const sent = [accepted(stream, command), ...(twice ? [accepted(stream, command)] : [])];
      await Promise.all(sent);
      this.#typed = {};
    }
  }

  #typed: Record<string, unknown> = {};
  #joined: string | null = null;

  /** Both look at the form that is open. */
  async #join(): Promise<FormEntry> {
    const form = await until(async () => (this.form()?.state === "open" ? this.form() : null), "no form is open");
    if (this.#joined === form.id) return form;
    this.#joined = form.id;
    const about = { type: "form" as const, conversationId: this.conversationId, formId: form.id };
    for (const stream of [this.#agent.at(-1), this.#customer.at(-1)]) {
      stream?.send({ ...about, act: { act: "join" } });
      await stream?.until((message) => message.type === "form" && message.say.say === "view");
    }
    return form;
  }

  /** A field by its name alone stands on the page that the customer was shown last. */
  #fieldOf(name: string): string {
    if (name.includes(".")) return name;
    const pages = saysOf(this.#customer).flatMap((say) => (say.say === "view" && say.view.page ? [say.view.page] : []));
    return `${pages.at(-1)?.node ?? "ask"}.${name}`;
  }
}

function saysOf(streams: readonly TestStream[]): FormSay[] {
  return streams
    .flatMap(({ messages }) => messages)
    .flatMap((message) => (message.type === "form" ? [message.say as FormSay] : []));
}

function shortOf(field: string): string {
  return field.slice(field.indexOf(".") + 1);
}

function answersOf(told: Record<string, unknown>): object[] {
  return Object.entries(told).map(([key, value]) => ({ key, value, how: "typed" }));
}

async function accepted(stream: TestStream | undefined, command: Record<string, unknown> & { type: string }) {
  const answer = await stream?.command(command);
  if (!answer?.ok) throw new Error(`${command.type} was refused: ${JSON.stringify(answer?.problem)}`);
}

/** Time for what a step sets going, in milliseconds. */
export const PATIENCE_MS = 10_000;

/** What `look` finds, as soon as it finds something; an `Error` when it does not for so long. */
export async function until<T>(look: () => Promise<T | null>, problem: string, patience = PATIENCE_MS): Promise<T> {
  for (const end = Date.now() + patience; ; ) {
    const found = await look();
    if (found !== null) return found;
    if (Date.now() > end) throw new Error(problem);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
