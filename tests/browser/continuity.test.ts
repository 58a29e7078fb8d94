import { expect, test } from "vitest";
import { TcpProxy } from "../support/tcp-proxy.ts";
import { eventually } from "./eventually.ts";
import { CustomerWindow } from "./pages/customer-window.ts";
import { openStage } from "./stage.ts";

test("[BR7] [K3] [K4] half-filled answers, the place in the queue and a draft are there again after a reload", async () => {
  const stage = await openStage();
  const before = await stage.customer();
  await before.begin({ name: "Early Bird" });
  const customer = await stage.customer();
  await customer.open();
  await customer.field("Your name").fill("Ana Ru");
  await customer.field("What is it about?").selectOption({ label: "A return" });
  await customer.field("More precisely").selectOption({ label: "I need a return label" });
  await customer.hasKept('"detail":"label"');
  await customer.reload();
  await customer.reopenIfClosed();
  await eventually(() => customer.field("Your name").inputValue()).toBe("Ana Ru");
  await eventually(() => customer.field("More precisely").inputValue()).toBe("label");
  expect(await (await stage.admin()).conversations(), "nothing was submitted").toHaveLength(1);

  await customer.field("E-mail address").fill("ana@example.com");
  await customer.start();
  await customer.sees("Number 2 in line");
  await customer.box.fill("What I wanted to as");
  await customer.hasKept("What I wanted to as");
  await customer.reload();
  await customer.sees("Number 2 in line");
  await eventually(() => customer.box.inputValue()).toBe("What I wanted to as");
  await customer.hasKept("What I wanted to as");
});

test("[BR7] what was written while the network was away is sent once when it is back, also when the tab has died", async () => {
  const stage = await openStage();
  const proxy = await TcpProxy.to(Number(new URL(stage.url).port));
  const agent = await stage.agent("amara");
  const customer = await stage.customer({ url: `http://127.0.0.1:${proxy.port}` });
  await customer.begin();
  await agent.accept();
  await customer.write("Before the tunnel");
  await customer.reads(/^Read$/);

  proxy.stall();
  await customer.write("In the tunnel");
  await customer.reads(/^Sending$|^Waits to be sent$/);
  await proxy.refuse();
  proxy.drop();
  await customer.write("Still in the tunnel");
  await customer.sees("Reconnecting… What you write is kept.");
  await customer.reads("Waits to be sent");
  await proxy.resume();
  await agent.reads("Still in the tunnel");
  await customer.reads(/^Read$/);
  await agent.times("In the tunnel", 1);
  await agent.times("Still in the tunnel", 1);

  proxy.stall();
  await customer.write("Just before the crash");
  await customer.hasKept("Just before the crash");
  const device = customer.page.context();
  const shop = customer.page.url();
  await customer.page.close();
  proxy.drop();
  await proxy.resume();
  const again = new CustomerWindow(await device.newPage());
  await again.page.goto(shop);
  await again.reads("Just before the crash");
  await agent.reads("Just before the crash");
  await again.reads(/^Read$/);
  for (const text of ["Before the tunnel", "In the tunnel", "Still in the tunnel", "Just before the crash"]) {
    await agent.times(text, 1);
    await again.times(text, 1);
  }
  await proxy.close();
});

test("[BR7] two tabs share one conversation: start pressed in both makes one, each message is shown once in each", async () => {
  const stage = await openStage();
  const agent = await stage.agent("amara");
  const left = await stage.customer();
  await left.open();
  await left.fillShopForm();
  await left.hasKept('"topic":"order"');
  const right = await left.secondTab();
  await right.reopenIfClosed();
  await eventually(() => right.field("Your name").inputValue()).toBe("Ana Ruiz");
  await Promise.all([left, right].map(presses));
  await agent.accept();
  await left.write("From the left");
  await right.reads("From the left");
  await right.write("From the right");
  await left.reads("From the right");
  await agent.reads("From the right");
  await agent.write("To both");
  await Promise.all([left.reads("To both"), right.reads("To both")]);
  for (const window of [left, right, agent])
    for (const text of ["From the left", "From the right", "To both"]) await window.times(text, 1);
  expect(await (await stage.admin()).conversations()).toHaveLength(1);

  await left.page.close();
  await right.write("Alone now");
  await agent.reads("Alone now");
  await agent.write("I am here");
  await right.reads("I am here");
});

/** The other tab may have begun already, so that there is nothing left to press. */
async function presses(tab: CustomerWindow): Promise<void> {
  const pressing = tab.button("Start chat").click({ force: true });
  await Promise.race([pressing.catch(() => undefined), tab.box.waitFor()]);
  await tab.box.waitFor();
}
