import { DEMO_QUEUES } from "@clew/server/demo/ids";
import { newId } from "@clew/server/testing/test-app";
import { expect, test } from "vitest";
import { OFFER_FOR, serve } from "./agent-side-scene.ts";
import { eventually } from "./eventually.ts";
import { findings } from "./findings.ts";
import { openStage } from "./stage.ts";

test("[FP7] [FP8] [C23] [FN4] the agent follows an open form: choices at once, private answers never; its receipt, and the way back", async () => {
  const stage = await openStage();
  const admin = await stage.admin();
  await admin.changeQueue(DEMO_QUEUES.orders, { offerFor: OFFER_FOR });
  const amara = await stage.agent("amara");
  const customer = await serve(stage, amara);
  const [conversation] = await admin.conversations();
  const conversationId = conversation?.conversationId ?? "";
  const caseId = newId();
  await admin.call("POST", "/records/Case", { id: caseId, conversationId, values: { subject: "A loan" } });
  await amara.customer.getByRole("link", { name: /A loan/ }).waitFor();
  await amara.customer.getByRole("button", { name: "Ask use of funds" }).click();

  const card = amara.customer.getByRole("article", { name: "Ask for the use of funds" });
  await card.getByText("Ana Ruiz has not opened the form yet").waitFor();
  await customer.button("Fill in").click();
  await customer.window.getByRole("radio", { name: "To buy a vehicle" }).check();
  await card.getByText("To buy a vehicle").waitFor();
  await card.getByText(/^Ana Ruiz is filling in the form · 1 of \d/).waitFor();
  await customer.field("Account that shall receive the money").fill("DE89370400440532013000");
  await customer.page.keyboard.press("Tab");
  await card.getByText("Filled, hidden from you").waitFor();
  expect(await card.getByText("DE89").count()).toBe(0);

  await amara.page.reload();
  await card.getByText("To buy a vehicle").waitFor();
  await card.getByRole("button", { name: "What to do about Purpose" }).click();
  await amara.page.getByRole("menuitem", { name: "Suggest an answer" }).click();
  await card.getByRole("combobox", { name: "Your suggestion for “Purpose”" }).click();
  await amara.page.getByRole("option", { name: "To renovate" }).click();
  await card.getByRole("button", { name: "Suggest", exact: true }).click();
  await card.getByText("You suggested: To renovate").waitFor();
  expect(await findings(amara.page)).toEqual([]);

  await customer.window.getByRole("checkbox", { name: /agree/i }).check();
  await customer.log.getByRole("button", { name: "Send" }).click();
  const receipt = amara.log.getByRole("region", { name: "Receipt: Use of funds" });
  await receipt.getByText("To buy a vehicle").waitFor();
  await receipt.getByText("given, not shown").first().waitFor();
  await receipt.getByText("funds-declaration, version 3").first().waitFor();
  await card.getByRole("heading", { name: /^Kept on case/ }).waitFor();

  // The script has gone on: the receipt is where the form is sent back from, and the script takes what is corrected.
  await receipt.getByRole("button", { name: "Send back" }).click();
  const remark = amara.page.getByRole("dialog", { name: "Send the form back" });
  await remark.getByRole("textbox").fill("A car, or a house?");
  await remark.getByRole("checkbox", { name: "Purpose" }).check();
  await remark.getByRole("button", { name: "Send back" }).click();
  await customer.window.getByText("A car, or a house?").first().waitFor();
  const mirror = amara.customer.getByRole("region", { name: "Use of funds" });
  await mirror.getByText("Sent back: A car, or a house?").waitFor();
  const sendsBack = () => receipt.getByRole("button", { name: "Send back" }).count();
  await eventually(sendsBack).toBe(0);
  await customer.window.getByRole("radio", { name: "To renovate" }).check();
  await mirror.getByText("To renovate").waitFor();
  await customer.log.getByRole("button", { name: "Send" }).click();
  await receipt.nth(1).getByText("To renovate").waitFor();
  await amara.reads("Thank you, this is what we noted: To renovate.");
  const kept = () => admin.call<{ values: { useOfFunds?: string } }>("GET", `/records/Case/${caseId}`);
  await eventually(async () => (await kept()).values.useOfFunds).toBe("renovation");
  await eventually(sendsBack).toBe(1);
  await card.getByRole("heading", { name: /^Kept on case/ }).waitFor();
  await card.getByRole("button", { name: "Next" }).click();
  await amara.reads("Flow done: Ask for the use of funds");
});
