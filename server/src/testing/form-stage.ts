import type { FormAct, FormSay } from "@clew/contract/flows/form-live";
import { onTestFinished } from "vitest";
import { startConversation } from "./customer.ts";
import { DEMO_CHANNELS, newGuest, newId, postJson, signIn, startTestApp, TestStream } from "./test-app.ts";

type Server = Awaited<ReturnType<typeof startTestApp>>;
type Act = FormAct extends infer One ? (One extends { op: string } ? Omit<One, "op"> & { op?: string } : One) : never;
type Say<Name extends FormSay["say"]> = Extract<FormSay, { say: Name }>;

/** One side of an open form, over a stream of its own. */
export type FormSide = {
  stream: TestStream;
  act(act: Act): string;
  join(): Promise<Say<"view">>;
  /** The first word of this kind, from those since `from` on, that fits. */
  until<Name extends FormSay["say"]>(say: Name, fits?: (said: Say<Name>) => boolean, from?: number): Promise<Say<Name>>;
  says(): FormSay[];
};

export function formSide(stream: TestStream, conversationId: string, formId: string): FormSide {
  const about = (message: { type: string }) =>
    message.type === "form" && (message as { formId?: string }).formId === formId;
  const side: FormSide = {
    stream,
    act(act) {
      const op = "op" in act && act.op ? act.op : newId();
      const whole = (
        ["set", "suggest", "answer-suggestion", "page"].includes(act.act) ? { ...act, op } : act
      ) as FormAct;
      stream.send({ type: "form", conversationId, formId, act: whole });
      return op;
    },
    async join() {
      const from = stream.messages.length;
      side.act({ act: "join" });
      return side.until("view", () => true, from);
    },
    async until(name, fits = () => true, from = 0) {
      const found = await stream.until(
        (message) =>
          about(message) && message.type === "form" && message.say.say === name && fits(message.say as never),
        from,
      );
      return (found as unknown as { say: never }).say;
    },
    says: () => stream.messages.flatMap((message) => (about(message) && message.type === "form" ? [message.say] : [])),
  };
  return side;
}

/** A customer whom an agent serves, on a case of theirs. */
export async function servedCase(
  app: Server,
  agent = "amara",
  guest = newGuest(app.url),
  shows: readonly "forms"[] = ["forms"],
  channelId: string = DEMO_CHANNELS.shop,
) {
  const { stream: customer, ...started } = await startConversation(app.url, {
    ...{ identity: await app.lasting(await guest), channelId, shows },
  });
  const { identity, conversationId, topic } = started;
  customer.send({ type: "subscribe", topic });
  const person = await signIn(app.url, agent);
  const desk = await TestStream.open(app.url, { cookie: person.cookie, origin: app.url });
  const taken = await desk.command({ type: "session.take", conversationId });
  if (!taken.ok) throw new Error(JSON.stringify(taken.problem));
  onTestFinished(async () => {
    // Agents serve only so many at a time. A customer who was erased is signed out, and holds nobody.
    if (!customer.closed) await customer.command({ type: "session.end", conversationId }).catch(() => undefined);
  });
  desk.send({ type: "subscribe", topic });
  await desk.until((message) => message.type === "live");
  const caseId = newId();
  await postJson(
    `${app.url}/api/v1/records/Case`,
    { id: caseId, conversationId, values: { subject: "A loan" } },
    person.headers,
  );
  return { identity, customer, desk, person, conversationId, caseId, topic };
}
export type Served = Awaited<ReturnType<typeof servedCase>>;

/** The agent presses the button; resolves with the form's id once both sides see it. */
export async function pressButton(app: Server, served: Served, key: string, inputs: Record<string, unknown> = {}) {
  const from = served.customer.messages.length;
  const runId = newId();
  await postJson(
    `${app.url}/api/v1/flows/${key}/runs`,
    { id: runId, conversationId: served.conversationId, caseId: served.caseId, inputs },
    served.person.headers,
  );
  const formId = await opened(served.customer, from);
  return { runId, formId };
}

/** The id of the form that is opened next. */
export async function opened(stream: TestStream, from = 0): Promise<string> {
  let formId = "";
  await stream.until((message) => {
    if (message.type !== "events") return false;
    const event = message.events.find(({ type }) => type === "form.opened");
    if (event?.type === "form.opened") formId = event.form.id;
    return event !== undefined;
  }, from);
  return formId;
}

/** Waits for what happened to a form. */
export async function changed(stream: TestStream, formId: string, how: string) {
  const isIt = (message: TestStream["messages"][number]) =>
    message.type === "events" &&
    message.events.some((event) => event.type === "form.changed" && event.form.id === formId && event.how === how);
  const found = await stream.until(isIt);
  const events = found.type === "events" ? found.events : [];
  const event = events.find((one) => one.type === "form.changed" && one.form.id === formId && one.how === how);
  if (event?.type !== "form.changed") throw new Error("no such change");
  return event;
}

export const submit = (stream: TestStream, conversationId: string, formId: string, values: object, id = newId()) =>
  stream.command({ type: "form.submit", id, conversationId, formId, revision: 1, values });

/** Time passes, and who is there says so: the server lets go of connections that are silent for long. */
export function skip(app: Server, milliseconds: number, ...streams: readonly TestStream[]): void {
  app.skip(milliseconds);
  for (const stream of streams) stream.send({ type: "ping", at: Date.now() });
}
