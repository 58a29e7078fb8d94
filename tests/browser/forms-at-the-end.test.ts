import { expect, test } from "vitest";
import { screenshot } from "../support/screenshot.ts";
import { serve } from "./agent-side-scene.ts";
import { findings } from "./findings.ts";
import { askedForFunds, cardOf } from "./forms-scene.ts";
import { sharedStage } from "./stage.ts";

const WHY = "We have found your account already, thank you.";

const scene = sharedStage(async (stage) => ({ api: await stage.admin(), amara: await stage.agent("amara") }));

/** A customer whom Amara serves, with a form to fill in. */
async function asked() {
  const { stage, api, amara } = scene();
  const customer = await serve(stage, amara);
  const conversationId = amara.page.url().split("/").at(-1) ?? "";
  await askedForFunds(api, customer, conversationId);
  return { ...scene(), customer };
}

test("[C13] [AX1] an agent who ends the session is asked what becomes of the form: it stays open, or is closed and says why", async () => {
  const { amara, customer } = await asked();
  await amara.action("End session").click();
  const dialog = amara.page.getByRole("dialog");
  await dialog.getByText("The customer still has a form to fill in: “Use of funds”.").waitFor();
  expect(await dialog.getByRole("radio", { name: "Leave it open" }).isChecked()).toBe(true);
  await dialog.getByText(/^The customer can still send it until .+\. What is sent begins a new session\.$/).waitFor();
  await dialog.getByRole("radio", { name: "Close it" }).check();
  await dialog.getByRole("textbox", { name: "Words to the customer" }).fill(WHY);
  expect(await findings(amara.page, "[role=dialog]")).toEqual([]);
  await screenshot(amara.page, "forms-at-the-end");
  await dialog.getByRole("button", { name: "End session" }).click();
  await dialog.waitFor({ state: "detached" });
  await customer.sees("This form was cancelled.");
  await customer.sees(WHY);
  await screenshot(customer.page, "forms-at-the-end-customer");
  expect(await customer.button("Fill in").count()).toBe(0);
  await amara.reads(WHY);
  await amara.reads("You ended the session");
});

test("[AX2] [AX5] a form closed by its agent says why to the customer; a supervisor goes from the conversation to the run's page", async () => {
  const { amara, customer, stage } = await asked();
  const card = cardOf(amara);
  await card.getByRole("button", { name: "Close form" }).click();
  await amara.page.getByRole("textbox", { name: "Words to the customer (optional)" }).fill(WHY);
  await screenshot(amara.page, "forms-closed-with-words");
  await amara.page.getByRole("button", { name: "Close it" }).click();
  await customer.sees("This form was cancelled.");
  await customer.sees(WHY);
  await customer.reload();
  await customer.sees(WHY);

  const supervisor = await stage.agent("supervisor", { status: null });
  await supervisor.open(`conversations/${amara.page.url().split("/").at(-1)}`);
  await supervisor.page.getByText(/earlier flow/).click();
  await supervisor.page.getByRole("link", { name: "Ask for the use of funds" }).click();
  await supervisor.page.getByRole("heading", { name: "Ask for the use of funds" }).waitFor();
});
