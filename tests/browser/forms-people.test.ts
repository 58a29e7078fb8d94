import { expect, test } from "vitest";
import { serve } from "./agent-side-scene.ts";
import { eventually } from "./eventually.ts";
import { askedForFunds, cardOf } from "./forms-scene.ts";
import { identify, signingShop } from "./signing-shop.ts";
import { openStage } from "./stage.ts";

const IBAN = "DE89370400440532013000";
const OWN_WORDS = "A boat for the lake";

test("[C29] a supervisor who looks on reads what the agent reads, changes nothing, and is named to the customer", async () => {
  const stage = await openStage();
  const api = await stage.admin();
  const amara = await stage.agent("amara");
  const customer = await serve(stage, amara);
  await askedForFunds(api, customer);
  await customer.button("Fill in").click();
  await customer.sees("Amara can see what you type here.");
  await customer.window.getByRole("radio", { name: "For something else" }).check();
  await customer.field("What will it be?").fill(OWN_WORDS);
  await customer.field("Account that shall receive the money").fill(IBAN);

  const supervisor = await stage.agent("supervisor", { status: null });
  await supervisor.view("All");
  await supervisor.row("Ana").click();
  const looking = cardOf(supervisor);
  await looking.getByText(OWN_WORDS).waitFor();
  await customer.sees("Amara and Sofía can see what you type here.");
  await cardOf(amara).getByText("Sofía can see this, too").waitFor();
  await looking.getByText("Amara can see this, too").waitFor();
  await cardOf(amara).getByRole("button", { name: "What to do about Purpose" }).waitFor();
  for (const name of [/^What to do about/, "Close form", "10 more minutes"])
    expect(await looking.getByRole("button", { name }).count()).toBe(0);

  await customer.page.keyboard.press("Tab");
  await looking.getByText("Filled, hidden from you").waitFor();
  expect(await supervisor.page.content()).not.toContain("DE8937");
  await supervisor.page.close();
  await customer.sees("Amara can see what you type here.");
});

test("[C27] somebody else signs in while the form is open: what was typed is gone everywhere, and the agent is told", async () => {
  const stage = await openStage();
  const api = await stage.admin();
  const shop = await signingShop(api);
  const amara = await stage.agent("amara");
  const customer = await serve(stage, amara);
  const { stored } = await askedForFunds(api, customer);
  await customer.button("Fill in").click();
  await customer.window.getByRole("radio", { name: "For something else" }).check();
  await customer.field("What will it be?").fill(OWN_WORDS);
  await cardOf(amara).getByText(OWN_WORDS).waitFor();
  await customer.hasKept(OWN_WORDS);
  expect(JSON.stringify(await stored())).toContain(OWN_WORDS);

  await identify(customer, await shop.sign("bo-18", "Bo Lund"));
  await customer.sees("Somebody else signed in, so this form was closed. What was typed into it is deleted.");
  await amara.reads(
    "Somebody else signed in: the form “Use of funds” was closed, and what was typed into it is deleted",
  );
  await eventually(async () => JSON.stringify(await stored()).includes(OWN_WORDS), "kept by the server").toBe(false);
  await eventually(async () => (await customer.kept()).includes(OWN_WORDS), "kept by the browser").toBe(false);
  for (const { page } of [customer, amara]) await eventually(() => page.getByText(OWN_WORDS).count()).toBe(0);
  await customer.reload();
  await customer.sees("Somebody else signed in, so this form was closed. What was typed into it is deleted.");
  expect(await customer.window.getByText(OWN_WORDS).count()).toBe(0);
});
