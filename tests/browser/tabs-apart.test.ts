import { expect, test } from "vitest";
import { openShop } from "./agent-side-scene.ts";
import { eventually } from "./eventually.ts";
import { CustomerWindow } from "./pages/customer-window.ts";
import { identify, signingShop } from "./signing-shop.ts";
import { DEMO_CHANNELS, openStage } from "./stage.ts";

type Clew = {
  mount(options: { channel: string; position: "start" }): void;
  widget(channel: string): { state(): { unread: number; conversationId: string | null } } | undefined;
};

test("[K57] two widgets on one page share nothing: neither words, nor people, nor open and read, nor the end", async () => {
  const stage = await openStage();
  const admin = await stage.admin();
  const [chiyo, ben] = await Promise.all([stage.agent("chiyo"), stage.agent("ben")]);
  const shop = await stage.customer();
  const { page } = shop;
  const mountSecond = () =>
    page.evaluate(
      (channel) => (window as unknown as { clew: Clew }).clew.mount({ channel, position: "start" }),
      DEMO_CHANNELS.supportDesk,
    );
  await mountSecond();
  const [first, second] = [0, 1].map((at) => new CustomerWindow(page, page.locator("clew-chat").nth(at)));
  if (!first || !second) throw new Error("two were mounted");
  const title = await page.title();
  await first.begin({ name: "Ana Ruiz" });
  await second.open();
  expect(await second.field("Your name").inputValue()).toBe("");
  await second.fillSupportForm("Anonymous");
  await second.start();
  await chiyo.accept();
  await ben.accept();
  await first.write("For the shop");
  await second.write("For the technicians");
  await chiyo.reads("For the shop");
  await ben.reads("For the technicians");
  expect(await first.line("For the technicians").count()).toBe(0);
  expect(await second.line("For the shop").count()).toBe(0);
  const items = await admin.conversations();
  expect(new Set(items.map(({ channelId }) => channelId)).size).toBe(2);
  expect(new Set(items.map(({ customer }) => customer.id)).size).toBe(2);

  await first.button("Minimise").click();
  await first.window.waitFor({ state: "detached" });
  await second.button("Minimise").click();
  await second.window.waitFor({ state: "detached" });
  await chiyo.post("From the shop");
  await page.getByRole("button", { name: "Open chat (1)" }).waitFor();
  expect(await unread(DEMO_CHANNELS.supportDesk)).toBe(0);
  await ben.post("From the technicians");
  await eventually(() => unread(DEMO_CHANNELS.supportDesk)).toBe(1);
  await first.open();
  await first.reads("From the shop");
  await eventually(() => unread(DEMO_CHANNELS.shop)).toBe(0);
  expect(await unread(DEMO_CHANNELS.supportDesk)).toBe(1);
  await second.open();
  await eventually(() => page.title()).toBe(title);

  await first.endFromMenu();
  await first.reads("You ended the chat");
  await second.write("I am still here.");
  await ben.reads("I am still here.");
  await page.reload();
  await mountSecond();
  await second.reopenIfClosed();
  await second.reads("I am still here.");
  expect(await second.line("You ended the chat").count()).toBe(0);

  function unread(channel: string): Promise<number | undefined> {
    return page.evaluate((id) => (window as unknown as { clew: Clew }).clew.widget(id)?.state().unread, channel);
  }
});

test("[K58] phone and laptop of one signed-in customer: one conversation, in step, gone only when both are gone", async () => {
  const { stage, admin } = await openShop();
  const shop = await signingShop(admin);
  const agent = await stage.agent("amara");
  const laptop = await stage.customer();
  await identify(laptop, await shop.sign("ana-17", "Ana Ruiz"));
  await laptop.begin();
  await agent.accept();
  await laptop.write("From my laptop");
  await agent.reads("From my laptop");

  const phone = await stage.customer({ viewport: { width: 390, height: 780 } });
  await identify(phone, await shop.sign("ana-17", "Ana Ruiz"));
  await phone.open();
  await phone.sees("Chat with Amara");
  await phone.button(/Chat with Amara/).click();
  await phone.reads("From my laptop");
  await phone.write("From my phone");
  await laptop.reads("From my phone");
  await agent.write("To both of you");
  for (const device of [laptop, phone]) {
    await device.reads("To both of you");
    for (const text of ["From my laptop", "From my phone", "To both of you"]) await device.times(text, 1);
  }
  expect(await admin.conversations()).toHaveLength(1);

  await laptop.page.close();
  stage.skip(6_000);
  await phone.write("Only the phone now");
  await agent.reads("Only the phone now");
  expect((await events()).filter(({ type }) => type === "customer.gone")).toEqual([]);
  await phone.page.close();
  await agent.sees("not connected");
  stage.skip(6_000);
  await agent.reads(/^The customer’s connection is gone/);

  async function events() {
    const [conversation] = await admin.conversations();
    return admin.events(conversation?.conversationId ?? "");
  }
});
