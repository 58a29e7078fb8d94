import type { ConversationSnapshot } from "@clew/contract/conversations";
import type { RunSummary } from "@clew/contract/flows/runs";
import { asks } from "@clew/server/testing/form-flows";
import { newId } from "@clew/server/testing/test-app";
import { expect, test } from "vitest";
import { eventually } from "./eventually.ts";
import {
  type Asked,
  asked,
  endsWithTest,
  type Pair,
  pairsScene,
  shownBy,
  standsAt,
  takes,
  thanks,
} from "./forms-pairs-scene.ts";
import { cardOf, caseOf, publishFlow } from "./forms-scene.ts";
import { modifiedClient, type Reached } from "./modified-client.ts";
import { identify, signingShop } from "./signing-shop.ts";
import { DEMO_CHANNELS } from "./stage.ts";

const scene = pairsScene();
const FORM = "loan.useOfFunds.form";
const BOAT = "A boat for the lake";
const BARN = "A barn for the goats";

const send = ({ customer }: Pair) => customer.log.getByRole("button", { name: "Send" }).click();

/** Fills the form in, up to its sending. */
async function fillIn({ customer }: Pick<Pair, "customer">, { choice, words }: { choice: string; words?: string }) {
  await customer.button("Fill in").click();
  await customer.window.getByRole("radio", { name: choice }).check();
  if (words) await customer.field("What will it be?").fill(words);
  await customer.window.getByRole("checkbox", { name: /agree/i }).check();
}

/** Until the server has what was filled in last. */
async function hasAgreed({ stored }: Asked): Promise<void> {
  const status = async () => (await stored()).fields.find(({ field }) => field === "ask.agreed")?.status;
  await eventually(status).toBe("valid");
}

/** The agent's panel as it reads, without the time that runs. */
async function panelOf({ agent }: Pick<Pair, "agent">): Promise<string> {
  return (await cardOf(agent).innerText()).replace(/\d+:\d\d left/, "");
}

test("[C2] two customers with two agents and one flow: who sends first moves their own run alone, and the other's panel is untouched", async () => {
  const { api } = scene();
  const [a, b] = [await asked(scene().ana), await asked(scene().bo)];
  await fillIn(a, { choice: "For something else", words: BOAT });
  await cardOf(a.agent).getByText(BOAT).waitFor();
  await a.customer.write("One moment");
  await a.agent.reads("One moment");
  await hasAgreed(a);
  await eventually(() => panelOf(a)).toMatch(/3 of 4(?!.*writing here)/s);
  const before = await panelOf(a);
  const draft = await a.stored();
  await fillIn(b, { choice: "To renovate" });
  await send(b);
  await b.customer.reads(thanks("To renovate"));
  await b.customer.sees(/^Receipt/);
  await cardOf(b.agent)
    .getByRole("heading", { name: /^Kept on case/ })
    .waitFor();

  // Whatever had come of it would be here before a word that is said after it.
  await a.customer.write("Here I am");
  await a.agent.reads("Here I am");
  expect(await panelOf(a)).toBe(before);
  expect(await a.stored()).toEqual(draft);
  expect([await standsAt(api, a.runId), await standsAt(api, b.runId)]).toEqual(["waiting at ask", "waiting at show"]);
  expect(await a.receipts()).toEqual([]);
  expect((await a.kept()).version).toBe(1);
  for (const side of [a.customer, a.agent]) expect(await side.line(thanks("To renovate")).count()).toBe(0);
  expect(await a.customer.field("What will it be?").inputValue()).toBe(BOAT);

  await send(a);
  await a.customer.reads(thanks("For something else"));
  await cardOf(a.agent)
    .getByRole("heading", { name: /^Kept on case/ })
    .waitFor();
  for (const [pair, purpose] of [
    [a, "other"],
    [b, "renovation"],
  ] as const)
    await eventually(pair.kept).toMatchObject({ version: 2, values: { useOfFunds: purpose } });
  expect(await b.customer.line(thanks("For something else")).count()).toBe(0);
});

test("[C3] clients that name another's form are refused whatever they want of it, each try is in the audit, and nothing of it is told or changed", async () => {
  const { api } = scene();
  const { ana, bo } = scene();
  const [ofCustomer, ofAgent] = [await modifiedClient(ana.customer.page), await modifiedClient(ana.agent.page)];
  await Promise.all([ana.customer.reload(), ana.agent.page.reload()]);
  await ana.customer.reopenIfClosed();
  const [a, b] = [await asked(ana), await asked(bo)];
  await fillIn(b, { choice: "For something else", words: BARN });
  await cardOf(b.agent).getByText(BARN).waitFor();
  await hasAgreed(b);
  await a.customer.button("Fill in").click();
  await cardOf(a.agent).getByText("Ana Ruiz is here").waitFor();
  const before = await b.stored();
  const told = (await b.desk.events(b.conversationId)).length;

  const crossed: Reached = { conversationId: a.conversationId, formId: b.formId };
  const value = { field: "ask.reason", value: "vehicle" };
  const answers = { "ask.reason": "vehicle", "ask.agreed": true };
  const refused: string[] = [];
  for (const client of [ofCustomer, ofAgent]) {
    for (const act of [{ act: "join" }, { act: "set", op: newId(), base: 0, ...value }] as const) {
      const said = await client.act(crossed, act, ["refused", "view", "field", "ack", "reject"]);
      refused.push(said.say === "refused" ? said.problem.code : said.say);
    }
    for (const command of [
      { type: "form.submit", ...crossed, revision: 1, values: answers },
      { type: "form.extend", ...crossed, by: 3_600_000 },
      { type: "form.cancel", ...crossed },
    ] as const) {
      const answer = await client.command(command);
      refused.push(answer.ok ? "taken" : answer.problem.code);
    }
  }
  const back = await ofAgent.command({ type: "form.send-back", ...crossed, text: "Again", fields: [] });
  refused.push(back.ok ? "taken" : back.problem.code);
  // The console's page with its own cookies, past the console.
  const read = await ana.agent.page.evaluate(async (path) => {
    const response = await fetch(path);
    return [String(response.status), await response.text()];
  }, `/api/v1/conversations/${crossed.conversationId}/forms/${crossed.formId}`);
  expect(read[0]).toBe("403");
  expect(refused).toEqual(Array(11).fill("forbidden"));
  // Named with its own conversation, there is no such thing for her.
  const theirs = await ofCustomer.act(b, { act: "join" }, ["refused", "view"]);
  expect(theirs).toMatchObject({ say: "refused", problem: { code: "not-found" } });

  const { items } = await api.call<{ items: Audited[] }>("GET", "/audit");
  const tries = items.filter(
    ({ noun, nounId, action }) => noun === "form" && nounId === b.formId && action === "refused",
  );
  const by = tries.map(({ change }) => change.by.split(" ")[0]);
  expect([by.filter((who) => who === "customer").length, by.filter((who) => who === "agent").length]).toEqual([5, 7]);
  expect(await b.stored()).toEqual(before);
  expect(await b.desk.events(b.conversationId)).toHaveLength(told);
  expect([await standsAt(api, a.runId), await standsAt(api, b.runId)]).toEqual(["waiting at ask", "waiting at ask"]);
  for (const { heard } of [ofCustomer, ofAgent]) {
    const aboutIt = heard.filter((word) => word.type === "form" && word.formId === b.formId);
    expect(aboutIt.every((word) => word.type === "form" && word.say.say === "refused")).toBe(true);
    expect(JSON.stringify(aboutIt)).not.toMatch(/funds|Lund|barn/i);
  }
  expect(JSON.stringify(ofCustomer.heard)).not.toContain(BARN);
  expect(read[1]).not.toMatch(/funds|Lund|barn/i);
  for (const { page } of [a.customer, a.agent]) expect(await page.getByText(BARN).count()).toBe(0);

  await send(b);
  await b.customer.reads(thanks("For something else"));
  expect(await standsAt(api, a.runId)).toBe("waiting at ask");
});
type Audited = { noun: string; nounId: string; action: string; change: { by: string } };

/** Asks in the conversation that it is started in, whichever the case was opened from, and thanks there. */
const HERE = asks("test.here", {
  ...{ form: FORM, title: "Ask here", vars: { answer: { type: "map?" } } },
  inputs: { conversationId: { type: "text", required: true }, caseId: { type: "id:Case", required: true } },
  ask: { in: { firstName: "Ana" }, into: "answer", next: "thank" },
  nodes: {
    thank: { type: "message.send", as: "agent", text: "Noted: {{label(answer.reason)}}.", next: "show" },
    show: {
      ...{ type: "screen", title: "{{label(answer.reason)}}", next: "end" },
      components: [{ kind: "answers", of: "=answer" }],
    },
  },
});

test("[C4] one customer with two conversations on the same case and two agents, both forms open: each answer reaches its own run", async () => {
  const { api, stage, ana, bo } = scene();
  await publishFlow(api, HERE);
  const shop = await signingShop(api);
  const token = await shop.sign("cleo-4", "Cleo Marsh");
  const servedBy = async ({ agent, desk }: Pair, other: Pair, channel: string): Promise<Pair> => {
    await takes(other.desk, "busy");
    await takes(desk, "available");
    const customer = await stage.customer({ channel });
    await identify(customer, token);
    await customer.begin({ name: "Cleo Marsh" });
    await agent.accept();
    return { agent, desk, customer, conversationId: shownBy(agent) };
  };
  const a = await servedBy(ana, bo, DEMO_CHANNELS.shop);
  const b = await servedBy(bo, ana, await shop.also("The other shop"));
  const customerOf = async ({ conversationId }: Pair) =>
    (await api.call<ConversationSnapshot>("GET", `/conversations/${conversationId}`)).customer?.id;
  expect(await customerOf(a)).toBeTruthy();
  expect(b.conversationId).not.toBe(a.conversationId);
  expect(await customerOf(b)).toBe(await customerOf(a));
  const { caseId } = await caseOf(a.desk, a.conversationId);
  const runs = await Promise.all(
    [a, b].map(async ({ desk, conversationId, customer }) => {
      const id = newId();
      await desk.call("POST", `/flows/${HERE.key}/runs`, { id, conversationId, caseId });
      endsWithTest(desk, id);
      await customer.button("Fill in").waitFor();
      return id;
    }),
  );
  const stand = () => Promise.all(runs.map((id) => standsAt(api, id)));
  await fillIn(a, { choice: "To renovate" });
  await fillIn(b, { choice: "To buy a vehicle" });
  await Promise.all([
    cardOf(a.agent, "Ask here").getByText("To renovate").waitFor(),
    cardOf(b.agent, "Ask here").getByText("To buy a vehicle").waitFor(),
  ]);
  const mirror = ({ agent }: Pair) => cardOf(agent, "Ask here").getByRole("region", { name: "Use of funds" });
  const shows = ({ agent }: Pair, title: string) => cardOf(agent, "Ask here").getByRole("heading", { name: title });

  await send(b);
  await b.customer.reads("Noted: To buy a vehicle.");
  await shows(b, "To buy a vehicle").waitFor();
  expect(await stand()).toEqual(["waiting at ask", "waiting at show"]);
  await mirror(a).getByText("To renovate").waitFor();
  await send(a);
  await a.customer.reads("Noted: To renovate.");
  await shows(a, "To renovate").waitFor();
  expect(await stand()).toEqual(["waiting at show", "waiting at show"]);
  await shows(b, "To buy a vehicle").waitFor();
  for (const [pair, others] of [
    [a, "Noted: To buy a vehicle."],
    [b, "Noted: To renovate."],
  ] as const)
    for (const side of [pair.customer, pair.agent]) expect(await side.line(others).count()).toBe(0);
});

/** A form for each time that it is asked for. */
const EACH = asks("test.each", {
  ...{ form: FORM, title: "Ask each time", label: "Ask each time", vars: { answer: { type: "map?" } } },
  ask: { in: { firstName: "Ana" }, ifOpen: "parallel", into: "answer", next: "show" },
  nodes: {
    show: {
      ...{ type: "screen", title: "Noted: {{label(answer.reason)}}", next: "end" },
      components: [{ kind: "answers", of: "=answer" }],
    },
  },
});

test("[C5] launched twice for one case: where the flow goes on with an open form there is one, where it wants one each time each that is sent moves its own run", async () => {
  const { api, stage, ana } = scene();
  const { customer, agent, desk, conversationId } = ana;
  const { caseId } = await caseOf(desk, conversationId);
  await agent.open(`records/Case/${caseId}`);
  const runsOf = async (query: string) => {
    const { items } = await api.call<{ items: RunSummary[] }>("GET", `/runs?${query}&limit=20`);
    return items.sort((one, other) => (one.id < other.id ? -1 : 1));
  };
  const ask = agent.page.getByRole("button", { name: "Ask use of funds" });
  const forms = async () => (await desk.events(conversationId)).filter(({ type }) => type === "form.opened").length;
  const before = await forms();
  await ask.click();
  await customer.button("Fill in").waitFor();
  await ask.click();
  await eventually(async () => (await runsOf(`record=${caseId}`)).map(({ status }) => status)).toEqual([
    "waiting",
    "cancelled",
  ]);
  expect(await forms()).toBe(before + 1);
  expect(await customer.button("Fill in").count()).toBe(1);
  await eventually(() => cardOf(agent).count()).toBe(1);
  await fillIn(ana, { choice: "To buy a vehicle" });
  await send(ana);
  await cardOf(agent)
    .getByRole("heading", { name: /^Kept on case/ })
    .waitFor();
  await customer.times(thanks("To buy a vehicle"), 1);
  const [only] = await runsOf(`record=${caseId}`);
  await desk.call("POST", `/runs/${only?.id}/cancel`);

  await publishFlow(api, EACH);
  await agent.page.goto(`${stage.url}/console/conversations/${conversationId}`);
  const again = agent.customer.getByRole("button", { name: "Ask each time", exact: true });
  await agent.customer
    .getByRole("link", { name: /A loan/ })
    .first()
    .waitFor();
  await again.click();
  await customer.button("Fill in").waitFor();
  await again.click();
  await eventually(() => customer.button("Fill in").count()).toBe(2);
  const [one, other] = await runsOf(`conversation=${conversationId}&key=${EACH.key}`);
  if (!one || !other) throw new Error("there are no two runs");
  for (const { id } of [one, other]) endsWithTest(desk, id);
  await customer.button("Fill in").last().click();
  await customer.window.getByRole("radio", { name: "To renovate" }).check();
  await customer.window.getByRole("checkbox", { name: /agree/i }).check();
  await send(ana);
  const cards = cardOf(agent, "Ask each time");
  await cards.getByRole("heading", { name: "Noted: To renovate" }).waitFor();
  expect([await standsAt(api, one.id), await standsAt(api, other.id)]).toEqual(["waiting at ask", "waiting at show"]);
  await eventually(() => cards.count()).toBe(2);
  await fillIn(ana, { choice: "For something else", words: BOAT });
  await send(ana);
  await cards.getByRole("heading", { name: "Noted: For something else" }).waitFor();
  expect([await standsAt(api, one.id), await standsAt(api, other.id)]).toEqual(["waiting at show", "waiting at show"]);
  await cards.getByRole("heading", { name: "Noted: To renovate" }).waitFor();
});
