import type { FormSay } from "@clew/contract/flows/form-live";
import { expect, test } from "vitest";
import { screenshot } from "../support/screenshot.ts";
import { continuityScene } from "./continuity-scene.ts";
import { eventually } from "./eventually.ts";
import { askedForFunds, cardOf, heardBy, inOwnWords } from "./forms-scene.ts";
import { CustomerWindow } from "./pages/customer-window.ts";

const scene = continuityScene();
const OFFLINE = "What you write is kept here and sent as soon as it can be.";

test("[C17] from the moment the customer hides their typing the agent is told states only: over a break, reloads of both sides, and a page that died before it could say so", async () => {
  const { stage, talking, admin, proxy } = scene();
  const { customer, agent } = await talking();
  const amara = await stage.agent("amara", { status: null });
  const heard = heardBy(amara.page);
  await amara.open(`conversations/${agent.id}`);
  await askedForFunds(admin, customer, agent.id);
  await inOwnWords(customer, "Shown at first");
  const card = cardOf(amara);
  await card.getByText("Shown at first").waitFor();
  const said = (): FormSay[] => heard.flatMap((message) => (message.type === "form" ? [message.say] : []));
  /** What she is told of the field, however it is told. */
  const told = () =>
    said()
      .flatMap((say) => (say.say === "view" ? say.view.fields : say.say === "field" ? [say.view] : []))
      .filter(({ field }) => field === "ask.detail");
  /** Once the server has what was typed, and has told her of it what she may know. */
  const arrives = async (act: () => Promise<unknown>) => {
    const before = told().at(-1)?.seq ?? 0;
    await act();
    await eventually(() => told().at(-1)?.seq ?? 0).toBeGreaterThan(before);
  };
  const knowsNothingOf = async (words: string) => {
    expect(JSON.stringify(heard)).not.toContain(words);
    expect(await amara.page.getByText(words).count()).toBe(0);
  };
  const shows = (window: CustomerWindow) => window.window.getByRole("switch", { name: "Show my typing" });
  const own = (window: CustomerWindow) => window.field("What will it be?");

  await shows(customer).uncheck();
  await customer.sees("Amara can see which questions are answered, not your answers.");
  await card.getByText("Ana Ruiz does not show the typing.").waitFor();
  await eventually(() => amara.page.getByText("Shown at first").count()).toBe(0);
  await arrives(() => own(customer).fill("Hidden on the spot"));
  await knowsNothingOf("Hidden on the spot");
  await screenshot(amara.page, "forms/hidden-typing");

  const cut = async (window: CustomerWindow) => {
    await proxy.refuse();
    proxy.drop();
    await window.sees(OFFLINE);
  };
  await cut(customer);
  await own(customer).fill("Hidden over the break");
  await customer.hasKept("Hidden over the break");
  await arrives(async () => {
    await proxy.resume();
    await customer.page.evaluate(() => void dispatchEvent(new Event("online")));
  });
  await knowsNothingOf("Hidden over the break");
  await customer.reload();
  await customer.button(/Fill in|Continue/).click();
  await eventually(() => own(customer).inputValue()).toBe("Hidden over the break");
  expect(await shows(customer).isChecked()).toBe(false);
  await amara.page.reload();
  await card.getByText("Ana Ruiz does not show the typing.").waitFor();
  await arrives(() => own(customer).fill("Hidden after it all"));
  await knowsNothingOf("Hidden after it all");

  await shows(customer).check();
  await card.getByText("Hidden after it all").waitFor();
  await cut(customer);
  await shows(customer).uncheck();
  await own(customer).fill("Hidden before the page died");
  await customer.hasKept("Hidden before the page died");
  const device = customer.page.context();
  const shop = customer.page.url();
  await customer.page.close();
  await proxy.resume();
  const again = await CustomerWindow.at(await device.newPage(), shop);
  await again.reopenIfClosed();
  await arrives(() => again.button(/Fill in|Continue/).click());
  await again.sees("Amara can see which questions are answered, not your answers.");
  expect(await shows(again).isChecked()).toBe(false);
  await eventually(() => own(again).inputValue()).toBe("Hidden before the page died");
  await card.getByText("Ana Ruiz does not show the typing.").waitFor();
  await knowsNothingOf("Hidden before the page died");
});
