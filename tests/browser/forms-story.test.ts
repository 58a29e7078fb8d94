import { expect, test } from "vitest";
import { serve } from "./agent-side-scene.ts";
import { eventually } from "./eventually.ts";
import { cardOf, caseOf } from "./forms-scene.ts";
import { openStage } from "./stage.ts";

const THANKS = "Thank you, this is what we noted: To renovate.";

test("[C1] [K71] the use of funds from the case's button to the case's value, with both sides reloading in the middle", async () => {
  const stage = await openStage();
  const api = await stage.admin();
  const amara = await stage.agent("amara");
  const customer = await serve(stage, amara);
  const { caseId } = await caseOf(api);
  const conversation = amara.page.url();
  await amara.open(`records/Case/${caseId}`);
  await amara.page.getByRole("button", { name: "Ask use of funds" }).click();

  await customer.reads("There is one form to fill in about what the money is for. You find it here in the chat.");
  await customer.button("Fill in").click();
  await customer.sees("Amara can see what you type here.");
  const renovate = customer.window.getByRole("radio", { name: "To renovate" });
  await renovate.check();
  const card = cardOf(amara);
  await card.getByText("To renovate").waitFor();
  await customer.field("Account that shall receive the money").fill("DE89370400440532013000");
  await customer.page.keyboard.press("Tab");
  await card.getByText("Filled, hidden from you").waitFor();

  await customer.reload();
  await card.getByText("Ana Ruiz does not have the form open at the moment").waitFor();
  await amara.page.reload();
  await card.getByText("To renovate").waitFor();
  await card.getByRole("button", { name: "What to do about Purpose" }).click();
  await amara.page.getByRole("menuitem", { name: "Suggest an answer" }).click();
  await card.getByRole("combobox", { name: "Your suggestion for “Purpose”" }).click();
  await amara.page.getByRole("option", { name: "To buy a vehicle" }).click();
  await card.getByRole("button", { name: "Suggest", exact: true }).click();
  await card.getByText("You suggested: To buy a vehicle").waitFor();
  await amara.page.reload();
  await card.getByText("You suggested: To buy a vehicle").waitFor();

  await customer.button(/Fill in|Continue/).click();
  await eventually(() => renovate.isChecked()).toBe(true);
  const account = customer.field("Account that shall receive the money");
  await eventually(() => account.inputValue().then((value) => value.replaceAll(" ", ""))).toBe(
    "DE89370400440532013000",
  );
  await customer.sees("Amara suggests:");
  await customer.button(/^Dismiss/).click();
  await card.getByText("You suggested").waitFor({ state: "detached" });
  expect(await renovate.isChecked()).toBe(true);
  await customer.window.getByRole("checkbox", { name: /agree/i }).check();
  expect(await customer.line(THANKS).count()).toBe(0);
  await customer.log.getByRole("button", { name: "Send" }).click();

  await customer.reads(THANKS);
  await customer.sees(/^Receipt/);
  await card.getByRole("heading", { name: /^Kept on case/ }).waitFor();
  await eventually(() => amara.page.getByRole("textbox", { name: "Use of funds", exact: true }).inputValue()).toBe(
    "renovation",
  );
  await amara.page.goto(conversation);
  await amara.times(THANKS, 1);
});
