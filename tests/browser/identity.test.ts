import { expect, test } from "vitest";
import { eventually } from "./eventually.ts";
import { identify, signingShop } from "./signing-shop.ts";
import { DEMO_CHANNELS, openStage } from "./stage.ts";

type PageApi = {
  signOut(): void;
  on(event: string, call: (detail: object) => void): void;
};

test("[BR5] [W75] [K64] a guest who signs in goes on in the same conversation, and the agent sees that they are verified", async () => {
  const stage = await openStage();
  const shop = await signingShop(await stage.admin());
  const agent = await stage.agent("amara");
  const customer = await stage.customer();
  await customer.begin();
  await agent.accept();
  await customer.write("I am still a guest.");
  await agent.reads("I am still a guest.");
  await agent.customer.getByText("Guest", { exact: true }).waitFor();
  const address = agent.page.url();

  await identify(customer, await shop.sign("ana-17", "Ana Ruiz Soler"));
  await customer.reads("You’re signed in. The conversation stays with you.");
  await agent.customer.getByText("Verified", { exact: true }).waitFor();
  await agent.customer.getByText("ana-17", { exact: true }).waitFor();
  await agent.reads("The customer signed in and is now verified as ana-17");
  await customer.write("And now I am myself.");
  await agent.reads("And now I am myself.");
  await agent.reads("I am still a guest.");
  expect(agent.page.url()).toBe(address);
  expect(await (await stage.admin()).conversations()).toHaveLength(1);
});

test("[BR5] a wrong token is an error that page and customer see, and makes no guest", async () => {
  const stage = await openStage();
  const shop = await signingShop(await stage.admin());
  const customer = await stage.customer();
  await customer.page.evaluate(() => {
    const told: object[] = [];
    Object.assign(window, { told });
    (window as unknown as { clew: PageApi }).clew.on("error", (detail) => told.push(detail));
  });
  const guests: string[] = [];
  customer.page.on("request", (request) => {
    if (request.url().endsWith("/identity/guest")) guests.push(request.url());
  });
  await identify(customer, await shop.forge("ana-17", "Ana Ruiz"));
  await customer.open();
  await customer.sees("We couldn’t confirm who you are. Please sign in to the site again.");
  const told = () => customer.page.evaluate(() => (window as unknown as { told: object[] }).told);
  await eventually(told).toMatchObject([{ code: "identity-refused", channel: DEMO_CHANNELS.shop }]);

  await customer.fillShopForm();
  await customer.button("Start chat").click();
  await customer.sees("That didn’t work. Please try again.");
  expect(guests).toEqual([]);
  expect(await (await stage.admin()).conversations()).toEqual([]);

  await identify(customer, await shop.sign("ana-17", "Ana Ruiz"));
  await customer.window.getByText("We couldn’t confirm who you are").waitFor({ state: "detached" });
  await customer.start();
  await customer.sees("You’re next in line");
  expect(guests).toEqual([]);
});

test("[BR6] [K61] after sign-out the next person on the computer finds nothing of the one before", async () => {
  const stage = await openStage();
  const shop = await signingShop(await stage.admin());
  const agent = await stage.agent("amara");
  const first = await stage.customer();
  await identify(first, await shop.sign("ana-17", "Ana Ruiz"));
  await first.begin({ order: "LK-777001" });
  await agent.accept();
  await first.write("My secret garden");
  await agent.reads("My secret garden");
  await agent.write("It stays between us.");
  await first.reads("It stays between us.");
  await first.box.fill("half a thou");
  await first.page.evaluate(() => (window as unknown as { clew: PageApi }).clew.signOut());
  await first.window.getByText("My secret garden").waitFor({ state: "detached" });
  const words = ["secret garden", "between us", "half a thou", "Ana Ruiz", "LK-777001", "ana-17"];
  const left = async () => {
    const kept = await first.kept();
    return words.filter((word) => kept.includes(word));
  };
  await eventually(left, "what the browser still holds").toEqual([]);
  await agent.reads("My secret garden");

  await first.reload();
  await first.reopenIfClosed();
  await first.field("Your name").waitFor();
  expect(await first.field("Your name").inputValue()).toBe("");
  expect(await first.field("Order number").inputValue()).toBe("");
  expect(await left()).toEqual([]);

  await identify(first, await shop.sign("bo-18", "Bo Lund"));
  await first.fillShopForm({ name: "Bo Lund", email: "bo@example.com" });
  await first.start();
  await agent.accept();
  await first.write("Hello, I am Bo.");
  await agent.reads("Hello, I am Bo.");
  await agent.customer.getByText("bo-18", { exact: true }).waitFor();
  expect(await first.line("My secret garden").count()).toBe(0);
  expect(await agent.line("My secret garden").count()).toBe(0);
  expect(await agent.customer.getByText("LK-777001").count()).toBe(0);
});
