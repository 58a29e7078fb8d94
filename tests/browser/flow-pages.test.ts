import type { Flow } from "@clew/contract/flows/definition";
import { DEMO_QUEUES } from "@clew/server/demo/ids";
import { startConversation } from "@clew/server/testing/customer";
import { flowAdmin } from "@clew/server/testing/flows";
import { json, openOtherSystem } from "@clew/server/testing/other-system";
import { newId } from "@clew/server/testing/test-app";
import { expect, onTestFinished, test } from "vitest";
import { screenshot } from "../support/screenshot.ts";
import { OFFER_FOR, serve } from "./agent-side-scene.ts";
import { findings } from "./findings.ts";
import { sharedStage } from "./stage.ts";

/** Asks the agent for a call back, says so, waits, and would then change a case that is not there. */
const CALL_BACK = {
  $schema: "flow/1",
  key: "agent.callBack",
  kind: "screen",
  audience: "agent",
  title: "Call back",
  trigger: { on: "agent.button", where: ["session"], label: "Arrange a call back" },
  start: "ask",
  nodes: {
    ask: {
      type: "screen",
      title: "When shall we call?",
      components: [
        { id: "number", kind: "phone", label: "Telephone", required: true },
        { id: "urgent", kind: "boolean", label: "It is urgent" },
        { id: "why", kind: "text", label: "Why so urgent?", visible: "=urgent == true" },
      ],
      next: "tell",
    },
    tell: { type: "message.send", as: "agent", text: "We call {{ask.number}}.", next: "wait" },
    wait: { type: "wait", any: [{ label: "An hour", after: "PT1H", next: "again" }] },
    again: { type: "records.update", object: "Case", id: "='nobody'", values: { status: "closed" }, next: "end" },
    end: { type: "end" },
  },
} as unknown as Flow;
/** Calls a system that hangs up before it answers. */
const PAYS = {
  $schema: "flow/1",
  key: "agent.pays",
  kind: "background",
  title: "Pay back",
  trigger: { on: "agent.button", where: ["session"], label: "Pay back" },
  start: "pay",
  nodes: {
    pay: { type: "http.call", connector: "bank", method: "POST", path: "/pay", next: "end" },
    end: { type: "end" },
  },
} as unknown as Flow;
/** Says something, keeps it with another system, and says that it is kept. */
const KEEPS = {
  $schema: "flow/1",
  key: "agent.keeps",
  kind: "background",
  title: "Keep the promise",
  trigger: { on: "agent.button", where: ["session"], label: "Keep the promise" },
  start: "say",
  nodes: {
    say: { type: "message.send", as: "agent", text: "We note what we promised.", next: "store" },
    store: { type: "http.call", connector: "ledger", method: "POST", path: "/notes", next: "told" },
    told: { type: "message.send", as: "agent", text: "Now it is noted.", next: "end" },
    end: { type: "end" },
  },
} as unknown as Flow;
/** Waits so long, at a node of this name. */
const waitsFor = (after: string, node = "pause") =>
  ({
    $schema: "flow/1",
    key: "agent.waits",
    kind: "background",
    title: "Call again tomorrow",
    trigger: { on: "agent.button", where: ["session"], label: "Call again" },
    start: node,
    nodes: { [node]: { type: "wait", any: [{ after, next: "end" }] }, end: { type: "end" } },
  }) as unknown as Flow;
/** Waits for a parcel to be there. */
const PARCEL = {
  $schema: "flow/1",
  key: "agent.parcel",
  kind: "background",
  title: "Wait for the parcel",
  trigger: { on: "agent.button", where: ["session"], label: "Wait for the parcel" },
  inputs: { parcel: { type: "text", default: "" } },
  start: "wait",
  nodes: {
    wait: {
      type: "wait",
      any: [
        { event: "parcel.here", key: "{{parcel}}", next: "end" },
        { after: "P9D", next: "end" },
      ],
    },
    end: { type: "end" },
  },
} as unknown as Flow;
/** Tells that a parcel is there. */
const TELLS = {
  ...PARCEL,
  key: "agent.tells",
  title: "Tell of a parcel",
  start: "tell",
  nodes: { tell: { type: "event.emit", event: "parcel.here", key: "{{parcel}}", next: "end" }, end: { type: "end" } },
} as unknown as Flow;
const cast = sharedStage(async (stage) => {
  const admin = await flowAdmin(stage.url);
  await (await stage.admin()).changeQueue(DEMO_QUEUES.orders, { offerFor: OFFER_FOR });
  await admin.publish(CALL_BACK);
  return { admin };
});

test("[FP3] [FP4] [FP5] an agent starts a flow, answers its screen, and reads its fault; a supervisor sees why on its page", async () => {
  const { stage } = cast();
  const amara = await stage.agent("amara");
  const customer = await serve(stage, amara);
  const panel = amara.customer;
  await panel.getByRole("button", { name: "Arrange a call back" }).click();
  const card = panel.getByRole("article", { name: "Call back" });
  await card.getByLabel("Telephone").fill("not a number");
  await card.getByRole("button", { name: "Next" }).click();
  await card.getByRole("alert").getByText("One answer does not fit yet.").waitFor();
  await card.getByLabel("It is urgent").check();
  await card.getByLabel("Why so urgent?").waitFor();
  expect(await findings(amara.page)).toEqual([]);

  await amara.page.reload();
  await card.getByLabel("Telephone").fill("+43 660 1234567");
  await card.getByRole("button", { name: "Next" }).click();
  await customer.reads("We call +436601234567.");
  await card.getByText("Waits until it is time.").waitFor();

  const cora = await stage.agent("supervisor", { status: null });
  await cora.open("runs");
  await cora.page.getByRole("link", { name: "Call back" }).click();
  const page = cora.page;
  await page.getByText("It waits for:").waitFor();
  await page
    .getByRole("list")
    .filter({ hasText: /in (59|60|1):/ })
    .waitFor();
  expect(await findings(page)).toEqual([]);

  stage.skip(3_600_000);
  await card
    .getByRole("alert")
    .getByText(/^This flow stopped at “again”/)
    .waitFor();
  await page.getByText(/^Stopped at “/).waitFor();
  const path = page.getByRole("listitem").filter({ hasText: "An hour" });
  await path.getByText("once").waitFor();
  await page.getByRole("link", { name: "All runs" }).click();
  await page.getByRole("button", { name: "Faults only" }).click();
  await page.getByRole("row").filter({ hasText: "Stopped with a fault" }).waitFor();
});

test("[E12] a run stopped at what failed: an operator mends the cause and tries again; it goes on there, and says nothing twice", async () => {
  const { stage, admin } = cast();
  const ledger = await openOtherSystem();
  onTestFinished(async () => void (await ledger.close()));
  ledger.system.answer = (request, response) => json(request.url === "/v2/notes" ? 200 : 404, {})(request, response);
  const limits = { methods: ["POST"], hosts: [], headers: {}, privateAddresses: true, idempotent: true };
  const settings = { baseUrl: `${ledger.url}/v1`, ...limits, breakAfter: 9, restMs: 60_000 };
  await admin.request("PUT", "/connectors/ledger", { settings, secrets: {}, revision: 0 });
  await admin.publish(KEEPS);
  const amara = await stage.agent("amara");
  const customer = await serve(stage, amara, "Eve Storm");
  await amara.customer.getByRole("button", { name: "Keep the promise" }).click();
  await customer.reads("We note what we promised.");
  const card = amara.customer.getByRole("article", { name: "Keep the promise" });
  await card
    .getByRole("alert")
    .getByText(/^This flow stopped at “store”/)
    .waitFor();

  const { page } = await stage.agent("admin", { status: null });
  await page.goto(`${stage.url}/console/runs`);
  await page.getByRole("link", { name: "Keep the promise" }).click();
  await page.getByText(/^Stopped at “store”/).waitFor();
  await page.goto(`${stage.url}/console/admin/connectors/ledger`);
  await page.getByLabel("Base address").fill(`${ledger.url}/v2`);
  const saved = page.getByText("The connector is saved.").first().waitFor();
  await page.getByRole("button", { name: "Save" }).click();
  await saved;
  await page.goto(`${stage.url}/console/runs`);
  await page.getByRole("link", { name: "Keep the promise" }).click();
  await page.getByRole("button", { name: "Try again", exact: true }).click();
  await page.getByRole("button", { name: "Try again now" }).click();
  await page.getByText("This run is over.").waitFor();

  await customer.reads("Now it is noted.");
  for (const side of [customer, amara])
    for (const said of ["We note what we promised.", "Now it is noted."]) await side.times(said, 1);
  expect(ledger.received.map(({ url }) => url)).toEqual(["/v1/notes", "/v2/notes"]);
  const keys = new Set(ledger.received.map(({ headers }) => headers["idempotency-key"]));
  expect(keys.size, "asked under different keys").toBe(1);
});

test("[E10] [FD11] [FD16] of a call whose answer was lost its page says that it is in doubt, for it is not made again, and of a run whose customer was erased why it ended", async () => {
  const { stage, admin } = cast();
  const bank = await openOtherSystem();
  onTestFinished(async () => void (await bank.close()));
  bank.system.answer = (_request, response) => response.socket?.destroy();
  const limits = { methods: ["POST"], hosts: [], headers: {}, privateAddresses: true, idempotent: false };
  const settings = { baseUrl: bank.url, ...limits, breakAfter: 9, restMs: 60_000 };
  await admin.request("PUT", "/connectors/bank", { settings, secrets: {}, revision: 0 });
  await admin.publish(PAYS);
  const { identity, conversationId } = await startConversation(stage.url);
  const start = (key: string) => admin.post<{ id: string }>(`/flows/${key}/runs`, { id: newId(), conversationId });
  const [paying, asking] = [await start(PAYS.key), await start(CALL_BACK.key)];

  const { page } = await stage.agent("supervisor", { status: null });
  await page.goto(`${stage.url}/console/runs/${paying.id}`);
  await page.getByRole("cell", { name: /in doubt: nobody knows whether it was done/ }).waitFor();
  await page.getByText(/^Stopped at “pay”, timeout/).waitFor();
  expect(bank.received).toHaveLength(1);
  expect(await findings(page)).toEqual([]);
  await page.goto(`${stage.url}/console/runs/${asking.id}`);
  await page.getByText("It shows a screen to its agent.").waitFor();
  await admin.request("DELETE", `/customers/${identity.customerId}`);
  await page.getByText("It ended at “ask”: The customer was erased.").waitFor();
  await page.getByText("Its steps are not kept, so the way it took is not known.").waitFor();
  expect(await findings(page)).toEqual([]);
});

test("[E7] of an event that came five times its run's page says that it went on once, and of one for nobody that no run took it", async () => {
  const { stage, admin } = cast();
  await admin.publish(PARCEL);
  await admin.publish(TELLS);
  const { conversationId } = await startConversation(stage.url);
  const [first, second] = await Promise.all(
    ["P-1", "P-2"].map((parcel) =>
      admin.post<{ id: string }>(`/flows/${PARCEL.key}/runs`, { id: newId(), conversationId, inputs: { parcel } }),
    ),
  );
  await admin.post(`/flows/${TELLS.key}/runs`, { id: newId(), conversationId, inputs: { parcel: "P-3" } });
  const event = { id: newId(), type: "parcel.here", key: "P-1", data: {} };
  for (let times = 0; times < 5; times += 1) await admin.post("/flow-events", event);

  const { page } = await stage.agent("supervisor", { status: null });
  await page.goto(`${stage.url}/console/runs/${first?.id}`);
  await page.getByText("This run is over.").waitFor();
  await page.getByRole("row").filter({ hasText: "wait" }).waitFor();
  await page.goto(`${stage.url}/console/runs/${second?.id}`);
  await page.getByText("It waits for:").waitFor();
  const unmatched = page.locator("section", { has: page.getByRole("heading", { name: "Events that no run took" }) });
  await expect.poll(() => unmatched.getByRole("listitem").allInnerTexts()).toHaveLength(1);
  await unmatched.getByRole("listitem").filter({ hasText: "parcel.here" }).getByText("key P-3").waitFor();
  await screenshot(page, "run-unmatched");
  expect(await findings(page)).toEqual([]);
});

test("[MG8] the page of a waiting run offers the version that is live by now with what it changes, or says why not", async () => {
  const { stage, admin } = cast();
  await admin.publish(waitsFor("PT24H"));
  const { id } = await admin.post<{ id: string }>("/flows/agent.waits/runs", { id: newId() });
  const { page } = await stage.agent("admin", { status: null });
  await page.goto(`${stage.url}/console/runs/${id}`);
  await page.getByText("It waits for:").waitFor();
  expect(await page.getByText("is live.").count()).toBe(0);

  await admin.publish(waitsFor("PT48H"));
  await page.getByText("It runs version 1. Version 2 is live.").waitFor();
  await page.getByRole("button", { name: "Move to version 2" }).click();
  const dialog = page.getByRole("dialog", { name: "Move to version 2" });
  await dialog.getByRole("row").filter({ hasText: "PT24H" }).filter({ hasText: "PT48H" }).waitFor();
  await screenshot(page, "run-migration");
  expect(await findings(page)).toEqual([]);
  await dialog.getByRole("button", { name: "Move to version 2" }).click();
  await dialog.waitFor({ state: "detached" });
  await page.getByRole("cell", { name: "moved from version 1 to 2" }).waitFor();
  await page.getByText("agent.waits · version 2").waitFor();
  expect(await page.getByText("is live.").count()).toBe(0);

  await admin.publish(waitsFor("PT48H", "rest"));
  await page.getByText("It cannot be moved to version 3:").waitFor();
  await page.getByText("There is no step “pause”, where it stands.").waitFor();
  await screenshot(page, "run-migration-hindered");
  expect(await page.getByRole("button", { name: "Move to version 3" }).count()).toBe(0);
  expect(await findings(page)).toEqual([]);
});

test("[GE7] the list of flows shows the tags of each, and is narrowed by one or several", async () => {
  const { stage, admin } = cast();
  for (const [key, tags] of [
    ["tagged.both", ["night", "loans"]],
    ["tagged.night", ["night"]],
  ] as const) {
    const definition = { ...PAYS, key, title: key, tags };
    await admin.request("PUT", `/flows/${key}/draft`, { definition, revision: 0 });
  }
  const { page } = await stage.agent("admin", { status: null });
  await page.goto(`${stage.url}/console/flows`);
  const rows = page.getByRole("list", { name: "Flows" }).getByRole("listitem");
  await rows.filter({ hasText: "#night" }).nth(1).waitFor();
  const tags = page.getByRole("group", { name: "Tags" });
  await tags.getByText("night", { exact: true }).click();
  await expect.poll(() => rows.count()).toBe(2);
  await tags.getByText("loans", { exact: true }).click();
  await expect.poll(() => rows.allInnerTexts()).toEqual([expect.stringContaining("tagged.both")]);
  expect(await findings(page)).toEqual([]);
  await page.getByRole("textbox", { name: "Search flows" }).fill("tagged.night");
  await page.getByText("No flow matches “tagged.night, night, loans”").waitFor();
  await tags.getByText("loans", { exact: true }).click();
  await expect.poll(() => rows.allInnerTexts()).toEqual([expect.stringContaining("tagged.night")]);
});

test("[T1] [FZ4] a draft is simulated: both sides of a form, also sent back, the clock, a fault, and what it would have done", async () => {
  const { stage } = cast();
  const admin = await stage.agent("admin", { status: null });
  await admin.open("simulator/loan.useOfFunds.agent");
  const { page } = admin;
  await page.getByRole("button", { name: "Begin" }).click();
  const customer = page.getByRole("region", { name: "Customer" });
  const agent = page.getByRole("region", { name: "Agent" });
  await customer.getByText("There is one form to fill in").waitFor();
  await customer.getByRole("radio", { name: "To buy a vehicle" }).check();
  await agent.getByText("To buy a vehicle").waitFor();
  expect(await findings(page)).toEqual([]);

  await page.getByRole("combobox", { name: "Node" }).selectOption("store");
  await page.getByRole("combobox", { name: "Fault" }).selectOption("conflict");
  await page.getByRole("button", { name: "Make it fail" }).click();
  await customer.getByRole("checkbox").check();
  await customer.getByRole("form").getByRole("button", { name: "Send" }).click();
  await agent.getByText("Thank you, this is what we noted: To buy a vehicle.").waitFor();
  const effects = page.getByRole("list", { name: "What it would have done" });
  await effects.getByText("fault conflict").waitFor();
  await agent.getByRole("textbox", { name: "What is to be corrected" }).fill("Was it not the house?");
  await agent.getByRole("button", { name: "Send back" }).click();
  await customer.getByText("Sent back: Was it not the house?").waitFor();
  await customer.getByRole("radio", { name: "To renovate" }).check();
  await customer.getByRole("form").getByRole("button", { name: "Send" }).click();
  const sent = agent.getByRole("region", { name: "Sent: Use of funds" });
  await sent.getByText("To renovate").waitFor();
  await agent.getByText("Thank you, this is what we noted: To renovate.").waitFor();
  expect(await findings(page)).toEqual([]);
  await agent.getByRole("button", { name: "Next" }).click();
  await page.getByText("It is over: Done.").waitFor();

  await page.getByRole("button", { name: "Begin again" }).click();
  await page.getByRole("button", { name: "Skip to what is due next" }).click();
  await customer.getByText("reminder").waitFor();
  expect(await cast().admin.runs("key=loan.useOfFunds.agent")).toEqual([]);
});
