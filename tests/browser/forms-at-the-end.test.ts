import { expect, test } from "vitest";
import { screenshot } from "../support/screenshot.ts";
import { serve } from "./agent-side-scene.ts";
import { eventually } from "./eventually.ts";
import { findings } from "./findings.ts";
import { askedForFunds, cardOf } from "./forms-scene.ts";
import { openStage } from "./stage.ts";

const WHY = "We have found your account already, thank you.";

test("[C13] [AX1] an agent who ends the session is asked what becomes of the form: left open it is sent later, closed it says why", async () => {
  const stage = await openStage();
  const api = await stage.admin();
  const amara = await stage.agent("amara");
  const customer = await serve(stage, amara);
  const first = await askedForFunds(api, customer);
  await cardOf(amara)
    .getByText(/has not opened the form yet/)
    .waitFor();

  await amara.action("End session").click();
  const dialog = amara.page.getByRole("dialog");
  await dialog.getByText("The customer still has a form to fill in: “Use of funds”.").waitFor();
  expect(await dialog.getByRole("radio", { name: "Leave it open" }).isChecked()).toBe(true);
  await dialog.getByText(/^The customer can still send it until .+\. What is sent begins a new session\.$/).waitFor();
  expect(await findings(amara.page)).toEqual([]);
  await screenshot(amara.page, "forms-at-the-end");
  await dialog.getByRole("button", { name: "End session" }).click();
  await dialog.waitFor({ state: "detached" });
  await customer.button("Fill in").click();
  await customer.window.getByRole("radio", { name: "To renovate" }).check();
  await customer.window.getByRole("checkbox", { name: /agree/i }).check();
  await customer.log.getByRole("button", { name: "Send" }).click();
  await customer.sees(/^Receipt/);
  await eventually(() => api.call("GET", `/records/Case/${first.caseId}`)).toMatchObject({
    values: { useOfFunds: "renovation" },
  });

  // What was sent has begun the next session.
  await amara.accept();
  const second = await askedForFunds(api, customer, first.conversationId);
  await amara.action("End session").click();
  await dialog.getByRole("radio", { name: "Close it" }).check();
  await dialog.getByRole("textbox", { name: "Words to the customer" }).fill(WHY);
  await screenshot(amara.page, "forms-at-the-end-closed");
  await dialog.getByRole("button", { name: "End session" }).click();
  await dialog.waitFor({ state: "detached" });
  await customer.sees("This form was cancelled.");
  await customer.sees(WHY);
  await screenshot(customer.page, "forms-at-the-end-customer");
  await customer.button("Fill in").waitFor({ state: "detached" });
  await amara.reads(WHY);
  expect(second.formId).not.toBe(first.formId);
});

test("[AX2] [AX5] a form closed by its agent says why to the customer; a supervisor goes from the conversation to the run's page", async () => {
  const stage = await openStage();
  const api = await stage.admin();
  const amara = await stage.agent("amara");
  const customer = await serve(stage, amara);
  await askedForFunds(api, customer);
  await customer.button("Fill in").click();
  await customer.window.getByRole("radio", { name: "To renovate" }).check();
  const card = cardOf(amara);
  await card.getByText("To renovate").waitFor();
  await card.getByRole("button", { name: "Close form" }).click();
  await amara.page.getByRole("textbox", { name: "Words to the customer (optional)" }).fill(WHY);
  await screenshot(amara.page, "forms-closed-with-words");
  await amara.page.getByRole("button", { name: "Close it" }).click();
  await customer.sees("This form was cancelled.");
  await customer.sees(WHY);
  await customer.reload();
  await customer.sees(WHY);

  const supervisor = await stage.agent("supervisor", { status: null });
  await supervisor.view("All");
  await supervisor.row("Ana").click();
  await supervisor.page.getByText(/earlier flow/).click();
  await supervisor.page.getByRole("link", { name: "Ask for the use of funds" }).click();
  await supervisor.page.getByRole("heading", { name: "Ask for the use of funds" }).waitFor();
});
