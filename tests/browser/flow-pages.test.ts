import type { Flow } from "@clew/contract/flows/definition";
import { DEMO_QUEUES } from "@clew/server/demo/ids";
import { flowAdmin } from "@clew/server/testing/flows";
import { expect, test } from "vitest";
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

test("[T1] a draft is simulated: both sides of a form, the clock, a fault, and what it would have done", async () => {
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
  await agent.getByRole("button", { name: "Next" }).click();
  await page.getByText("It is over: Done.").waitFor();

  await page.getByRole("button", { name: "Begin again" }).click();
  await page.getByRole("button", { name: "Skip to what is due next" }).click();
  await customer.getByText("reminder").waitFor();
  expect(await cast().admin.runs("key=loan.useOfFunds.agent")).toEqual([]);
});
