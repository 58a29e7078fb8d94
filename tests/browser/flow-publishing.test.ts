import type { Flow } from "@clew/contract/flows/definition";
import { DEMO_QUEUES } from "@clew/server/demo/ids";
import { json, openOtherSystem } from "@clew/server/testing/other-system";
import { DEMO_CHANNELS, newId } from "@clew/server/testing/test-app";
import type { Locator } from "playwright-core";
import { expect, onTestFinished, test } from "vitest";
import { screenshot } from "../support/screenshot.ts";
import { OFFER_FOR, serve } from "./agent-side-scene.ts";
import { eventually } from "./eventually.ts";
import { findings } from "./findings.ts";
import { FlowEditor, flowsOf } from "./flow-editor-scene.ts";
import { sharedStage } from "./stage.ts";

const background = (key: string, nodes: object, more: object) =>
  ({ ...{ $schema: "flow/1", key, kind: "background", title: key, nodes }, ...more }) as unknown as Flow;

/** Waits until somebody is back, and says so in the words of its edition. */
const RETURNS = background(
  "agent.returns",
  {
    wait: {
      type: "wait",
      any: [
        { event: "test.back", key: "=conversationId", next: "say" },
        { after: "P1D", next: "say" },
      ],
    },
    say: { type: "message.send", as: "agent", text: "The first edition says: we are back.", next: "end" },
    end: { type: "end" },
  },
  {
    trigger: { on: "agent.button", where: ["session"], label: "Tell when we are back" },
    inputs: { conversationId: { type: "text", required: true } },
    start: "wait",
  },
);
/** Says what another flow words, once somebody is back. */
const PASSES_ON = background(
  "agent.passesOn",
  {
    wait: {
      type: "wait",
      any: [
        { event: "test.ready", key: "=conversationId", next: "word" },
        { after: "P1D", next: "word" },
      ],
    },
    word: { type: "subflow", flow: "test.words", out: { words: "text" }, next: "say" },
    say: { type: "message.send", as: "agent", text: "{{words}}", next: "end" },
    end: { type: "end" },
  },
  {
    trigger: { on: "agent.button", where: ["session"], label: "Pass it on" },
    inputs: { conversationId: { type: "text", required: true } },
    vars: { words: { type: "text?" } },
    start: "wait",
  },
);
const WORDS = {
  ...{ $schema: "flow/1", key: "test.words", kind: "sub", title: "test.words" },
  outputs: { text: { type: "text?" } },
  start: "choose",
  nodes: {
    choose: { type: "assign", set: [{ var: "text", value: "Worded in the first edition." }], next: "end" },
    end: { type: "end", out: { text: "=text" } },
  },
  vars: { text: { type: "text?" } },
} as unknown as Flow;
/** Asks the bank, and the boss where it is much. */
const CHECKS = background(
  "test.checks",
  {
    ask: {
      ...{ type: "http.call", connector: "bank", method: "POST", path: "/check", map: { known: "/known" } },
      next: "choose",
    },
    choose: {
      ...{ type: "decision", label: "Is it much?", branches: [{ label: "Much", when: "=amount > 100", next: "boss" }] },
      else: "done",
    },
    boss: { type: "assign", label: "Ask the boss", set: [{ var: "known", value: true }], next: "done" },
    done: { type: "end", label: "Pay" },
  },
  {
    trigger: { on: "agent.button", where: ["session"], label: "Check" },
    inputs: { amount: { type: "number", default: 0 } },
    vars: { known: { type: "boolean?" } },
    start: "ask",
  },
);
/** Who asks for advice is sent nowhere. */
const LOSES = {
  $schema: "flow/1",
  ...{ key: "route.loses", kind: "routing", trigger: { on: "session.started", channels: [DEMO_CHANNELS.shop] } },
  inputs: { session: { type: "record:Session", required: true }, prechat: { type: "map", default: {} } },
  start: "choose",
  nodes: {
    choose: { type: "decision", branches: [{ when: "=prechat.topic == 'order'", next: "orders" }], else: "done" },
    orders: { type: "route", to: { queue: DEMO_QUEUES.orders }, next: "done" },
    done: { type: "end" },
  },
};

const cast = sharedStage(async (stage) => {
  const flows = await flowsOf(stage);
  await (await stage.admin()).changeQueue(DEMO_QUEUES.orders, { offerFor: OFFER_FOR });
  return { flows };
});

/** Opens the dialog in which a draft becomes a version. */
async function publishing(editor: FlowEditor): Promise<Locator> {
  await editor.button("Publish").click();
  const dialog = editor.page.getByRole("dialog");
  await dialog.getByLabel("What is new").fill("For the test");
  return dialog;
}

/** Does what brings a notice, which goes away by itself. */
async function told({ page }: FlowEditor, notice: string, act: () => Promise<void>): Promise<void> {
  await Promise.all([page.getByText(notice).first().waitFor(), act()]);
}

test("[E8] runs wait as a new version goes live: they end as they began, new ones take the new one; going back moves neither, and what is waited on stays", async () => {
  const { stage, flows } = cast();
  await flows.publish(RETURNS);
  const amara = await stage.agent("amara");
  const presses = async () => {
    await amara.customer.getByRole("button", { name: "Tell when we are back" }).click();
    await amara.customer.getByText(/^Waits /).waitFor();
    return amara.page.url().split("/").at(-1) ?? "";
  };
  const ana = await serve(stage, amara, "Ana Ruiz");
  const conversations = [await presses()];

  const editor = await FlowEditor.open(stage, RETURNS.key);
  const { page } = editor;
  await editor.line(/^say/).click();
  await editor.field("Text").fill("The second edition says: we are back.");
  await editor.save();
  const dialog = await publishing(editor);
  await told(editor, "Version 2 is live.", () => dialog.getByRole("button", { name: "Publish" }).click());
  const bo = await serve(stage, amara, "Bo Lund");
  conversations.push(await presses());

  await page.getByRole("link", { name: "Versions" }).click();
  const version = (number: number) => page.getByRole("listitem").filter({ hasText: `Version ${number}` });
  const each = async () => {
    for (const number of [1, 2]) await version(number).getByText("1 run waits: 1 at wait").waitFor();
  };
  const removes = async (number: number) => {
    await page.getByRole("button", { name: `More for version ${number}` }).click();
    await page.getByRole("menuitem", { name: "Delete" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
  };
  await each();
  await removes(1);
  await page.getByRole("alert").getByText("1 run waits on version 1").waitFor();
  await screenshot(page, "flow-version-waited-on");
  const rollBack = version(1).getByRole("button", { name: "Roll back to this" });
  await told(editor, "Version 1 is live.", () => rollBack.click());
  await each();
  await removes(2);
  await page.getByRole("alert").getByText("1 run waits on version 2").waitFor();

  for (const key of conversations) await flows.post("/flow-events", { id: newId(), type: "test.back", key, data: {} });
  await ana.reads("The first edition says: we are back.");
  await bo.reads("The second edition says: we are back.");
  await page.reload();
  await version(2).waitFor();
  expect(await page.getByText("1 run waits").count()).toBe(0);
  await told(editor, "Version 2 is gone.", () => removes(2));
  await version(2).waitFor({ state: "detached" });
});

test("[E9] a subflow is published while its parent waits: the parent says what it was bound to, in both windows", async () => {
  const { stage, flows } = cast();
  await flows.publish(WORDS);
  await flows.publish(PASSES_ON);
  const amara = await stage.agent("amara");
  const customer = await serve(stage, amara, "Eva Falk");
  await amara.customer.getByRole("button", { name: "Pass it on" }).click();
  await amara.customer.getByText(/^Waits /).waitFor();
  const key = amara.page.url().split("/").at(-1) ?? "";

  const editor = await FlowEditor.open(stage, WORDS.key);
  await editor.line(/^choose/).click();
  await editor.field("Value").fill("Worded in the second edition.");
  await editor.save();
  const dialog = await publishing(editor);
  await told(editor, "Version 2 is live.", () => dialog.getByRole("button", { name: "Publish" }).click());

  await flows.post("/flow-events", { id: newId(), type: "test.ready", key, data: {} });
  await customer.reads("Worded in the first edition.");
  await amara.reads("Worded in the first edition.");
  expect(await customer.line("second edition").count()).toBe(0);
});

test("[T2] recorded runs are played on the draft: who publishes reads which of them would go elsewhere or fail, and nothing is done", async () => {
  const { stage, flows } = cast();
  const bank = await openOtherSystem();
  onTestFinished(async () => void (await bank.close()));
  bank.system.answer = json(200, { known: true });
  const limits = { methods: ["POST"], hosts: [], headers: {}, privateAddresses: true, idempotent: true };
  const settings = { baseUrl: bank.url, ...limits, breakAfter: 9, restMs: 60_000 };
  await flows.request("PUT", "/connectors/bank", { settings, secrets: {}, revision: 0 });
  await flows.publish(CHECKS);
  const ids = [newId(), newId(), newId()];
  for (const [index, amount] of [50, 150, 250].entries())
    await flows.post(`/flows/${CHECKS.key}/runs`, { id: ids[index], inputs: { amount } });
  const ended = async () => (await flows.runs(`key=${CHECKS.key}`)).filter(({ endedAt }) => endedAt !== null);
  await eventually(ended).toHaveLength(3);

  const editor = await FlowEditor.open(stage, CHECKS.key);
  const tries = async () => {
    const dialog = await publishing(editor);
    await dialog.getByRole("button", { name: "Try on recorded runs" }).click();
    return dialog;
  };
  const same = await tries();
  await same.getByText("All 3 runs go the same way.").waitFor();
  await same.getByRole("button", { name: "Cancel" }).click();

  await editor.line(/^Is it much/).click();
  await editor.field("When").fill("=amount > 200");
  await editor.save();
  const elsewhere = await tries();
  await elsewhere.getByText("1 of 3 runs would now go elsewhere, 0 of them fail.").waitFor();
  const rows = elsewhere.getByRole("row").filter({ hasText: "Is it much?" }).filter({ hasText: "Ask the boss" });
  await eventually(() => rows.allInnerTexts()).toEqual([expect.stringMatching(/Ask the boss\s+Pay$/)]);
  expect(await rows.getByRole("link").getAttribute("href")).toBe(`/console/runs/${ids[1]}`);
  expect(await findings(editor.page)).toEqual([]);
  await screenshot(editor.page, "flow-replay");
  await elsewhere.getByRole("button", { name: "Cancel" }).click();

  await editor.line(/^ask/).click();
  await editor.field("known").fill("/verified");
  await editor.save();
  const failing = await tries();
  await failing.getByText("3 of 3 runs would now go elsewhere, 3 of them fail.").waitFor();
  await eventually(() => failing.getByRole("cell", { name: "fails: validation" }).count()).toBe(3);
  const named = await failing.getByRole("link").allInnerTexts();
  expect(new Set(named).size, "each run can be told from the others").toBe(3);
  expect(bank.received).toHaveLength(3);
  expect(await flows.runs(`key=${CHECKS.key}`)).toHaveLength(3);
});

test("[R11] a routing flow with a path that ends nowhere cannot be published: the finding names the step and leads there; mended, it is live", async () => {
  const { stage, flows } = cast();
  await flows.save(LOSES.key, LOSES, 0);
  const editor = await FlowEditor.open(stage, LOSES.key);
  const { page } = editor;
  const finding = page.getByRole("button", { name: /^Error: the path that ends at done, after choose/ });
  await finding.waitFor();
  const refused = await publishing(editor);
  await refused.getByText("1 error stands in the way.").waitFor();
  expect(await refused.getByRole("button", { name: "Publish" }).isDisabled()).toBe(true);
  await refused.getByRole("button", { name: "Cancel" }).click();
  await finding.click();
  await page.getByRole("region", { name: "Fields of done" }).waitFor();

  await editor.line(/^choose/).click();
  await editor.field("Otherwise").selectOption("orders");
  await finding.waitFor({ state: "detached" });
  await editor.save();
  const dialog = await publishing(editor);
  await told(editor, "Version 1 is live.", () => dialog.getByRole("button", { name: "Publish" }).click());
});

test("[E15] a draft with a misspelt variable, a dangling link and a secret in a message: three findings with place and suggestion stand in the way", async () => {
  const { stage, flows } = cast();
  const key = "loan.useOfFunds.agent";
  const { definition, revision } = await flows.draft(key);
  const broken = JSON.stringify(definition)
    .replace('"notFound":"gone"', '"notFound":"goen"')
    .replace("=kase.conversationId", "=kaes.conversationId")
    .replace("this is what we noted", "Bearer 51HqLyjWDarjtT1zdp7dc is what we noted");
  await flows.save(key, JSON.parse(broken), revision);
  const editor = await FlowEditor.open(stage, key);
  const { page } = editor;
  const all = page.getByRole("region", { name: "Findings" }).getByRole("button", { name: /^Error: / });
  await eventually(() => all.allInnerTexts()).toEqual([
    expect.stringMatching(/"goen".*\/nodes\/load\/notFound · did you mean "gone"\?/s),
    expect.stringMatching(/kaes.*\/nodes\/ask\/conversation · did you mean "kase"\?/s),
    expect.stringMatching(/a password, key or token.*\/nodes\/thank\/text · .*keep it in a connector/s),
  ]);
  expect(await findings(page)).toEqual([]);
  await screenshot(page, "flow-findings");
  const refused = await publishing(editor);
  await refused.getByText("3 errors stand in the way.").waitFor();
  expect(await refused.getByRole("button", { name: "Publish" }).isDisabled()).toBe(true);
});
