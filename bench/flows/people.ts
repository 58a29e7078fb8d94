import { setTimeout as after } from "node:timers/promises";
import type { ServerMessage } from "@clew/contract/stream";
import { flowAdmin } from "@clew/server/testing/flows";
import { Stream } from "../load/clew.ts";
import { type SignedIn, saveAgent, shopChannel, signIn } from "../load/clew-api.ts";
import { spread } from "../load/ledger.ts";
import { FORM, SCRIPT } from "./definitions.ts";
import { OpenForm, type Window } from "./open-form.ts";
import type { PeopleOrder, PeopleReply, PeopleResult } from "./people-messages.ts";
import { numberOf, Typist } from "./typist.ts";

/** The demo's agents; each has many windows, with so many forms in each. */
const AGENTS = ["amara", "ben", "chiyo", "supervisor"];
const FORMS_IN_WINDOW = 4;
/** Forms opened, or read, at once. */
const AT_ONCE = 20;
const SUBMITS_A_SECOND = 10;
/** Between the last change of a form and its being sent, in milliseconds. */
const LAST_LOOK = 2_000;
/** How long changes may be on their way after the last was sent, in milliseconds. */
const DRAIN = 20_000;

/** Plays all customers and agents of one server: a process of its own, so that the server is measured and not we. */
let forms: OpenForm[] = [];
let windows: Window[] = [];

process.on("message", (order: PeopleOrder) => {
  follow(order).then(
    (reply) => process.send?.(reply),
    (error: unknown) =>
      process.send?.({ failed: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
  );
});
process.on("disconnect", () => process.exit(0));

async function follow(order: PeopleOrder): Promise<PeopleReply> {
  switch (order.do) {
    case "open":
      await open(order.url, order.forms);
      return { done: "open" };
    case "type":
      return { done: "type", result: await type(order) };
    case "compare":
      return { done: "compare", ...(await compare(order.url)) };
    case "close":
      for (const form of forms) form.close();
      for (const { stream } of windows) stream.close();
      return { done: "close" };
  }
}

async function open(url: string, count: number): Promise<void> {
  const admin = await flowAdmin(url);
  for (const flow of [FORM, SCRIPT]) await admin.publish(flow);
  const people: SignedIn[] = await Promise.all(AGENTS.map((name) => signIn(url, name)));
  const adminSession = await signIn(url, "admin");
  for (const { agent } of people) await saveAgent(url, adminSession, { ...agent, capacity: 1_000 });
  const channelId = await shopChannel(url, adminSession);
  windows = await Promise.all(
    Array.from({ length: Math.ceil(count / FORMS_IN_WINDOW) }, async (_, index): Promise<Window> => {
      const agent = people[index % people.length] as SignedIn;
      const own = new Map<string, OpenForm>();
      const stream = await Stream.open(url, { cookie: agent.cookie }, (message) => {
        const id = message.type === "form" ? message.conversationId : conversationOf(message);
        if (id) own.get(id)?.agentHears(message);
      });
      return { agent, stream, forms: own };
    }),
  );
  const supervisor = people.at(-1) as SignedIn;
  const desk = await Stream.open(url, { cookie: supervisor.cookie }, () => undefined);
  forms = Array.from({ length: count }, (_, index) => new OpenForm(windows[index % windows.length] as Window));
  await each(forms, (form) => form.open(url, { channelId, desk }));
  desk.close();
}

const conversationOf = (message: ServerMessage) =>
  message.type === "events" && message.topic.kind === "conversation" ? message.topic.id : null;

/** Everybody types on time, whether or not answers come; after a while forms are sent, and the others type on. */
async function type({ every, seconds, submits }: Extract<PeopleOrder, { do: "type" }>): Promise<PeopleResult> {
  const hands = forms.flatMap(({ customer, agent }, index) => [customer, agent].map((typist) => ({ index, typist })));
  const ending = forms.slice(0, submits);
  const begin = performance.now();
  const submitting = begin + seconds * 1_000;
  const until = submitting + (submits / SUBMITS_A_SECOND) * 1_000;
  let typed = 0;
  let sent = 0;
  for (let now = begin; now < until; now = performance.now()) {
    const due = Math.floor(((now - begin) * hands.length) / every);
    for (; typed < due; typed += 1) {
      const { index, typist } = hands[typed % hands.length] as (typeof hands)[number];
      // Who is about to send a form has finished typing.
      if (index >= submits || now < submitting - LAST_LOOK) typist.type();
    }
    const ready = Math.floor(((now - submitting) * SUBMITS_A_SECOND) / 1_000);
    for (; sent < Math.min(ready, ending.length); sent += 1) ending[sent]?.submit();
    await after(1);
  }
  for (; sent < ending.length; sent += 1) ending[sent]?.submit();
  const isOpen = () => forms.some(isBusy) || ending.some(({ onward }) => onward === null);
  const deadline = performance.now() + DRAIN;
  while (isOpen() && performance.now() < deadline) await after(20);
  return {
    customer: Typist.result(forms.map(({ customer }) => customer)),
    agent: Typist.result(forms.map(({ agent }) => agent)),
    submits,
    onward: spread(ending.flatMap(({ onward }) => (onward === null ? [] : [onward]))),
    lost: ending.filter(({ onward }) => onward === null).length,
  };
}

const isBusy = ({ customer, agent }: OpenForm) => customer.busy || agent.busy;

/** What the server has stored of the forms that were not sent, as their agents see it, beside what was confirmed. */
async function compare(url: string): Promise<{ older: number; compared: number }> {
  let older = 0;
  let compared = 0;
  const left = forms.filter(({ sentAt }) => sentAt === null);
  await each(left, async ({ conversationId, formId, window, customer, agent }) => {
    const stream = await Stream.open(url, { cookie: window.agent.cookie }, () => undefined);
    const joined = stream.until((message) => message.type === "form" && message.say.say === "view");
    stream.send({ type: "form", conversationId, formId, act: { act: "join" } });
    const message = await joined;
    stream.close();
    const fields = message.type === "form" && message.say.say === "view" ? message.say.view.fields : [];
    const values = new Map(fields.map(({ field, value }) => [field, value]));
    for (const [field, number] of [...customer.confirmed, ...agent.confirmed]) {
      compared += 1;
      // A later change may be stored of which the confirmation was on its way.
      if (!(numberOf(values.get(field)) >= number)) older += 1;
    }
  });
  return { older, compared };
}

async function each<Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> {
  let next = 0;
  const worker = async () => {
    for (let at = next++; at < items.length; at = next++) await work(items[at] as Item);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}
