import type { ConversationSnapshot } from "@clew/contract/conversations";
import type { RunPage } from "@clew/contract/flows/runs";
import type { ClientMessage } from "@clew/contract/stream";
import { DEMO_AGENTS } from "@clew/server/demo/ids";
import { flowAdmin } from "@clew/server/testing/flows";
import { asks, formOf } from "@clew/server/testing/form-flows";
import { newId } from "@clew/server/testing/test-app";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { screenshot } from "../support/screenshot.ts";
import { serve } from "./agent-side-scene.ts";
import { eventually } from "./eventually.ts";
import { agreesAndSends, askedForFunds, cardOf, caseOf, inOwnWords, publishFlow } from "./forms-scene.ts";
import { CustomerWindow } from "./pages/customer-window.ts";
import { endAll, ofType } from "./reconnect-scene.ts";
import { DEMO_CHANNELS, sharedStage } from "./stage.ts";

const scene = sharedStage(async (stage) => ({ api: await stage.admin(), amara: await stage.agent("amara") }));
const here = () => scene().amara.page.url().split("/").at(-1) ?? "";

/** What a machine might take for more than words. */
const ODD = `/transfer {{1+1}} =1+1 {"a":1} <img src=x onerror=alert(1)> {{reconnect.link}}`;
const ECHO = asks("test.echoes", {
  form: "loan.useOfFunds.form",
  title: "Say it again",
  inputs: { conversationId: { type: "text", required: true }, caseId: { type: "id:Case", required: true } },
  vars: { answer: { type: "map?" } },
  ask: { in: { firstName: "Ana" }, into: "answer", next: "tell" },
  nodes: {
    tell: {
      ...{ type: "message.send", conversation: "=conversationId", as: "agent", next: "keep" },
      text: "You wrote: {{answer.detail}}",
    },
    keep: {
      ...{ type: "records.update", object: "Case", id: "=caseId", next: "end", notFound: "end" },
      values: { useOfFundsDetail: "=answer.detail" },
    },
  },
});

test("[C24] commands, JSON, HTML and holes that a customer types into the chat or a field are text: to both sides, in what a flow says again, and on the case", async () => {
  const { stage, api, amara } = scene();
  await publishFlow(api, ECHO);
  const customer = await serve(stage, amara);
  const conversationId = here();
  const { caseId } = await caseOf(api, conversationId);
  await customer.write(ODD);
  await amara.reads(ODD);

  const inputs = { conversationId, caseId };
  await api.call("POST", `/flows/${ECHO.key}/runs`, { id: newId(), conversationId, caseId, inputs });
  await inOwnWords(customer, ODD);
  await cardOf(amara, "Say it again").getByText(ODD).waitFor();
  await agreesAndSends(customer);
  // Said by the flow it would be a way into the conversation: so it is said with fewer brackets.
  const again = `You wrote: ${ODD.replace("{{reconnect.link}}", "{reconnect.link}")}`;
  await customer.reads(again);
  await amara.reads(again);
  await amara.log.getByRole("region", { name: "Receipt: Use of funds" }).getByText(ODD).waitFor();
  await customer.window.locator("section.ff-card").getByText(ODD).waitFor();
  await screenshot(customer.page, "forms/odd-words");
  for (const { page } of [customer, amara]) expect(await page.locator("img[src=x]").count()).toBe(0);
  const { session } = await api.call<ConversationSnapshot>("GET", `/conversations/${conversationId}`);
  expect(session).toMatchObject({ number: 1, status: "active", agent: { id: DEMO_AGENTS.amara } });
  await eventually(() => api.call("GET", `/records/Case/${caseId}`)).toMatchObject({
    values: { useOfFundsDetail: ODD },
  });
  await amara.open(`records/Case/${caseId}`);
  const field = amara.page.getByRole("textbox", { name: "Use of funds, in the customer's words" });
  await eventually(() => field.inputValue()).toBe(ODD);
  await amara.open(`conversations/${conversationId}`);
  await amara.end();
});

const question = (id: string, label: string) => ({ id, kind: "text", label, required: true });
const FIRST = {
  ...formOf("test.anew", { components: [question("wish", "Wish")], outputs: { wish: { type: "text" } } }),
  title: "Asked for little",
};
const SECOND = {
  ...formOf("test.anew", {
    components: [question("wish", "Wish"), question("colour", "Colour")],
    outputs: { wish: { type: "text" }, colour: { type: "text" } },
  }),
  title: "Asked for more",
};
const SCRIPT = asks("test.anewScript", { form: FIRST.key, title: "Ask for a wish" });

test("[C26] a flow and its form are published anew while the form is open: this customer finishes the old one, whose receipt says so; the next is the new one", async () => {
  const { stage, amara } = scene();
  const admin = await flowAdmin(stage.url);
  const [older, script] = [await admin.publish(FIRST), await admin.publish(SCRIPT)];
  const customer = await serve(stage, amara);
  const conversationId = here();
  const starts = async () => {
    const id = newId();
    await admin.post(`/flows/${SCRIPT.key}/runs`, { id, conversationId, inputs: { conversationId } });
    await customer.button("Fill in").click();
    return id;
  };
  const runId = await starts();
  await customer.field("Wish").fill("A boat");
  const card = cardOf(amara, "Ask for a wish");
  await card.getByText("A boat").waitFor();
  const newer = await admin.publish(SECOND);
  await admin.publish({ ...SCRIPT, title: "Ask for a wish, anew" });
  expect(newer).toBeGreaterThan(older);

  await customer.reload();
  await amara.page.reload();
  await customer.button(/Fill in|Continue/).click();
  await eventually(() => customer.field("Wish").inputValue()).toBe("A boat");
  await card.getByText("A boat").waitFor();
  for (const { page } of [customer, amara]) expect(await page.getByText(/Colour|Asked for more/).count()).toBe(0);
  const send = customer.log.getByRole("button", { name: "Send" });
  await send.click();
  await customer.sees(/^Receipt/);
  const receipt = (title: string) => amara.log.getByRole("region", { name: `Receipt: ${title}` });
  await receipt("Asked for little").getByText(`version ${older}`).waitFor();
  await eventually(async () => (await admin.run(runId)).run).toMatchObject({
    status: "completed",
    flow: { key: SCRIPT.key, version: script },
  });

  await starts();
  await customer.field("Colour").fill("Blue");
  await customer.field("Wish").fill("A kite");
  await send.click();
  await receipt("Asked for more").getByText(`version ${newer}`).waitFor();
  await receipt("Asked for more").getByText("Blue").waitFor();
  const { api } = scene();
  const sent = ofType(await api.events(conversationId), "form.changed").filter(({ how }) => how === "submitted");
  expect(sent.map(({ form }) => [form.flow.version, form.receipt?.answers.map(({ text }) => text)])).toEqual([
    [older, ["A boat"]],
    [newer, ["A kite", "Blue"]],
  ]);
  await screenshot(amara.page, "forms/versions");
  await amara.end();
});

/** The page has an older chat, from before there were forms: it promises to show none, and knows nothing of them. */
async function knowsNoForms(page: Page): Promise<void> {
  await page.routeWebSocket(/\/api\/v1\/stream/, (socket) => {
    const server = socket.connectToServer();
    socket.onMessage((text) => {
      const message = JSON.parse(String(text)) as ClientMessage;
      if (message.type === "command" && message.command.type === "conversation.start") delete message.command.shows;
      server.send(JSON.stringify(message));
    });
    server.onMessage((text) => socket.send(String(text).replaceAll(/"type":"form\.\w+"/g, '"type":"of.later"')));
  });
}

test("[C28] a window that cannot show forms is asked the same questions as messages, and what comes of it is what comes of the form", async () => {
  const { stage, api, amara } = scene();
  await endAll(api);
  const device = await stage.device({ viewport: { width: 1100, height: 760 } });
  const page = await device.newPage();
  await knowsNoForms(page);
  const plain = await CustomerWindow.inShop(page, stage.url, DEMO_CHANNELS.shop);
  await plain.begin({ name: "Ana Ruiz" });
  await amara.accept();
  const asked = here();
  const { caseId } = await caseOf(api, asked);
  const runId = newId();
  await api.call("POST", "/flows/loan.useOfFunds.agent/runs", { id: runId, conversationId: asked, caseId });
  await plain.reads(/what do you want to use the money for\?/);
  await plain.reads("For something else");
  const card = cardOf(amara);
  const answers = async (words: string, next: string | RegExp) => {
    await plain.post(words);
    await plain.reads(next);
  };
  await answers("a spaceship", /Please choose one of the options\./);
  await answers("3", /What will it be\?/);
  await card.getByText("For something else").waitFor();
  await answers("A boat for the lake", /Account that shall receive the money/);
  await card.getByText("A boat for the lake").waitFor();
  await answers("DE00 1234", /not a valid IBAN/);
  await answers("DE89 3704 0044 0532 0130 00", /Reply yes to agree\./);
  await answers("yes", "Thank you, this is what we noted: For something else.");
  expect(await plain.window.locator("section.ff-card").count()).toBe(0);
  await screenshot(plain.page, "forms/asked-as-messages");
  /** What has come of it, as the agent reads it and the server keeps it. */
  const outcome = async (of: { conversationId: string; caseId: string; runId: string }) => {
    const receipt = amara.log.getByRole("region", { name: "Receipt: Use of funds" });
    await card.getByRole("heading", { name: /^Kept on case/ }).waitFor();
    const events = await api.events(of.conversationId);
    const { run } = await api.call<RunPage>("GET", `/runs/${of.runId}`);
    const kase = await api.call<{ values: Record<string, unknown> }>("GET", `/records/Case/${of.caseId}`);
    const { useOfFundsForm, ...values } = kase.values;
    const receipts = ofType(events, "form.changed").flatMap(({ form }) => (form.receipt ? [form.receipt] : []));
    expect(receipts.map(({ id }) => id)).toEqual([useOfFundsForm]);
    return {
      read: await receipt.locator("dl").innerText(),
      kept: receipts.map(({ by, revision, answers: all }) => ({ by, revision, all })),
      values,
      node: run.node,
      thanks: ofType(events, "message.posted").filter(({ text }) => text.startsWith("Thank you, this is")).length,
    };
  };
  const ofMessages = await outcome({ conversationId: asked, caseId, runId });

  const shown = await serve(stage, amara, "Bea Lind");
  const form = await askedForFunds(api, shown, here());
  expect(form.conversationId).not.toBe(asked);
  await inOwnWords(shown, "A boat for the lake");
  await shown.field("Account that shall receive the money").fill("DE89370400440532013000");
  await agreesAndSends(shown);
  const ofForm = await outcome(form);
  expect(ofMessages).toEqual(ofForm);
  expect(ofForm).toMatchObject({ thanks: 1, node: "show", values: { useOfFunds: "other" } });
  expect(ofForm.read).toContain("A boat for the lake");
});
