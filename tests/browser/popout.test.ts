import { expect, test } from "vitest";
import { screenshot } from "../support/screenshot.ts";
import { eventually } from "./eventually.ts";
import { foreignSite } from "./foreign-site.ts";
import { CustomerWindow } from "./pages/customer-window.ts";
import { DEMO_CHANNELS, openStage } from "./stage.ts";

/** Presses the entry of the menu; answers the window that opens. */
async function popOut(customer: CustomerWindow): Promise<CustomerWindow> {
  await customer.button("Options").click();
  const opening = customer.page.waitForEvent("popup");
  await customer.button("Open in its own window").click();
  const popout = new CustomerWindow(await opening);
  await popout.box.waitFor();
  return popout;
}

test("[K56] the chat moves into a window of its own and back: one session, one connection, the draft comes along", {
  timeout: 120_000,
}, async () => {
  const stage = await openStage();
  const agent = await stage.agent("amara");
  const customer = await stage.customer();
  await customer.begin();
  await agent.accept();
  await customer.write("Before");
  await customer.box.fill("half a sen");
  await customer.hasKept("half a sen");

  let connections = 0;
  customer.page.context().on("page", (page) => page.on("websocket", () => (connections += 1)));
  const popout = await popOut(customer);
  await customer.sees("The chat is in its own window");
  await screenshot(customer.page, "popout-page");
  await screenshot(popout.page, "popout-window");
  await eventually(() => popout.box.inputValue()).toBe("half a sen");
  await popout.reads("Before");
  await popout.write("From the window");
  await agent.reads("From the window");
  await agent.write("I read you");
  await popout.reads("I read you");
  await agent.times("From the window", 1);
  expect(connections).toBe(0);

  // The page's own reload changes nothing: the window goes on, and the page still says where the chat is.
  await customer.page.reload();
  await customer.sees("The chat is in its own window");
  await popout.box.fill("on the way ho");
  await popout.hasKept("on the way ho");
  await popout.write("Still here");
  await agent.reads("Still here");
  await popout.box.fill("on the way home");
  await popout.hasKept("on the way home");
  await popout.page.close();
  await customer.reads("Still here");
  await eventually(() => customer.box.inputValue()).toBe("on the way home");
  await customer.times("From the window", 1);
  expect(await (await stage.admin()).conversations()).toHaveLength(1);
});

test("[K56] brought back by a press, loaded anew in between, and told when the browser blocks the window", async () => {
  const stage = await openStage();
  const customer = await stage.customer();
  await customer.begin();
  const popout = await popOut(customer);
  await popout.page.reload();
  await popout.box.waitFor();
  await customer.sees("The chat is in its own window");
  await customer.button("Bring it back here").click();
  await customer.box.waitFor();
  await eventually(() => popout.page.isClosed()).toBe(true);

  const again = await popOut(customer);
  await again.button("Options").click();
  const closing = again.page.waitForEvent("close");
  await again.button("Bring it back here").click();
  await closing;
  await customer.box.waitFor();

  await customer.page.evaluate(() => {
    window.open = () => null;
  });
  await customer.button("Options").click();
  await customer.button("Open in its own window").click();
  await customer.sees("Your browser blocked the window.");
  await customer.write("So I stay here");
  await customer.page.setViewportSize({ width: 400, height: 760 });
  await customer.button("Options").click();
  await customer.button(/forget this device/).waitFor();
  expect(await customer.button("Open in its own window").count()).toBe(0);
});

test("[K56] a foreign site with a strict policy, whose script comes from elsewhere, can pop out, too", async () => {
  const stage = await openStage();
  const site = await foreignSite();
  const customer = await stage.customer();
  const refused: string[] = [];
  customer.page.context().on("console", (message) => {
    if (message.type() === "error") refused.push(message.text());
  });
  await customer.page.goto(site.show(stage.url, DEMO_CHANNELS.shop));
  await customer.begin();
  const popout = await popOut(customer);
  await popout.write("From the bakery");
  await popout.page.close();
  await customer.reads("From the bakery");
  expect(refused).toEqual([]);
});
