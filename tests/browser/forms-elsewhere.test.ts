import { expect, test } from "vitest";
import { serve } from "./agent-side-scene.ts";
import { eventually } from "./eventually.ts";
import { askedForFunds, cardOf } from "./forms-scene.ts";
import { signedIn } from "./reconnect-scene.ts";
import { identify, signingShop } from "./signing-shop.ts";
import { openStage } from "./stage.ts";

const OWN_WORDS = "A boat for the lake";
const IBAN = "DE89370400440532013000";

test("[C8] half filled in on the desk, gone on with on a phone where the same customer is signed in: drafts, order and focus are there", async () => {
  const stage = await openStage();
  const api = await stage.admin();
  const shop = await signingShop(api);
  const amara = await stage.agent("amara");
  const desktop = await serve(stage, amara);
  await identify(desktop, await shop.sign("ana-8", "Ana Ruiz"));
  await desktop.reads("You’re signed in. The conversation stays with you.");
  const { caseId } = await askedForFunds(api, desktop);
  await desktop.button("Fill in").click();
  await desktop.window.getByRole("radio", { name: "For something else" }).check();
  await desktop.field("What will it be?").fill(OWN_WORDS);
  await desktop.field("Account that shall receive the money").fill(IBAN);
  await desktop.page.keyboard.press("Tab");
  const card = cardOf(amara);
  await card.getByText(OWN_WORDS).waitFor();
  await card.getByText("Filled, hidden from you").waitFor();
  const asked = await desktop.window.locator("form.ff-page :is(input, textarea)").evaluateAll(idsOf);
  await desktop.page.close();

  const phone = await signedIn(stage, await shop.sign("ana-8", "Ana Ruiz"), {
    viewport: { width: 390, height: 780 },
    hasTouch: true,
  });
  await phone.button(/Chat with Amara/).click();
  await phone.button(/Fill in|Continue/).click();
  await eventually(() => phone.field("What will it be?").inputValue()).toBe(OWN_WORDS);
  await eventually(() =>
    phone
      .field("Account that shall receive the money")
      .inputValue()
      .then((value) => value.replaceAll(" ", "")),
  ).toBe(IBAN);
  expect(await phone.window.locator("form.ff-page :is(input, textarea)").evaluateAll(idsOf)).toEqual(asked);
  const heading = phone.window.getByRole("heading", { name: /what do you want to use the money for/ });
  await eventually(() => heading.evaluate((it) => (it.getRootNode() as ShadowRoot).activeElement === it)).toBe(true);
  await card.getByText("Ana Ruiz is here").waitFor();

  await phone.window.getByRole("checkbox", { name: /agree/i }).check();
  await phone.log.getByRole("button", { name: "Send" }).click();
  await phone.sees(/^Receipt/);
  await eventually(() => api.call("GET", `/records/Case/${caseId}`)).toMatchObject({
    values: { useOfFunds: "other", useOfFundsDetail: OWN_WORDS },
  });
});

function idsOf(all: Element[]): string[] {
  return all.map(({ id }) => id);
}
