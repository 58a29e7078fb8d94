import type { Flow } from "@clew/contract/flows/definition";
import { newId } from "@clew/server/testing/test-app";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { screenshot } from "../support/screenshot.ts";
import { continuityScene } from "./continuity-scene.ts";
import { eventually } from "./eventually.ts";
import { askedForFunds, publishFlow, scriptFor } from "./forms-scene.ts";
import { CustomerWindow } from "./pages/customer-window.ts";

const scene = continuityScene();
const OWN_WORDS = "A boat for the lake";
const OFFLINE = "What you write is kept here and sent as soon as it can be.";
const RENEWAL = "**/identity/resume";

async function cut(customer: CustomerWindow): Promise<void> {
  const { proxy } = scene();
  await proxy.refuse();
  proxy.drop();
  await customer.sees(OFFLINE);
}

/** The network is back by the browser's word: the next try is not waited for. */
const triesAtOnce = ({ page }: CustomerWindow) => page.evaluate(() => void dispatchEvent(new Event("online")));

/** The page dies and comes back; `prepare` it before it does. */
async function comesBack(
  customer: CustomerWindow,
  prepare: (page: Page) => Promise<unknown> = async () => {},
): Promise<CustomerWindow> {
  const device = customer.page.context();
  const shop = customer.page.url();
  await customer.page.close();
  await scene().proxy.resume();
  const page = await device.newPage();
  await prepare(page);
  const again = await CustomerWindow.at(page, shop);
  await again.reopenIfClosed();
  return again;
}

const send = (customer: CustomerWindow) => customer.log.getByRole("button", { name: "Send" });
const sending = (customer: CustomerWindow) => customer.log.getByRole("button", { name: "Sending…" });

test("[WF1] [WF11] [WF12] [WF15] a form that was sent without a connection stands open after the page died, and is sent once; so is the end of the chat, and a mail that could not be asked for says so", async () => {
  const { talking, admin, proxy } = scene();
  const { customer, agent } = await talking();
  await askedForFunds(admin, customer, agent.id);
  await customer.button("Fill in").click();
  await customer.sees("Amara can see what you type here.");
  await cut(customer);
  await customer.window.getByRole("radio", { name: "For something else" }).check();
  await customer.field("What will it be?").fill(OWN_WORDS);
  await customer.window.getByRole("checkbox", { name: /agree/i }).check();
  await customer.write("Said before");
  await send(customer).click();
  await sending(customer).waitFor();
  expect(await customer.button("Cancel form").count()).toBe(0);
  await customer.write("Said after");
  await customer.hasKept("form.submit");
  await customer.hasKept("Said after");

  // The page loads, and nobody can be asked who this is: it stays without a connection.
  const again = await comesBack(customer, (page) => page.route(RENEWAL, (route) => route.abort()));
  await sending(again).waitFor();
  await again.sees(OFFLINE);
  const own = again.field("What will it be?");
  expect([await own.inputValue(), await own.isEditable()]).toEqual([OWN_WORDS, false]);
  expect(await own.evaluate((element) => element.closest("form")?.matches(":focus-within"))).toBe(false);
  await screenshot(again.page, "forms/waits-after-reload");
  const changes = () => agent.events().then((events) => events.filter((one) => one.type === "form.changed"));
  expect(await changes()).toEqual([]);

  await again.page.unroute(RENEWAL);
  await triesAtOnce(again);
  await again.sees(/^Receipt/);
  await agent.has("Said after");
  const said = (await agent.events()).flatMap((event) =>
    event.type === "message.posted" && event.by.who === "customer"
      ? [event.text]
      : event.type === "form.changed"
        ? [event.how]
        : [],
  );
  expect(said).toEqual(["Said before", "submitted", "Said after"]);
  await eventually(() => again.kept()).not.toContain("form.submit");

  await again.button("Options").click();
  await again.button("Continue on another device").click();
  await again.field("Your e-mail address").fill("ana@example.com");
  await proxy.refuse();
  proxy.drop();
  await again.button("E-mail it to me").click();
  await again.sees("That didn’t work. Please try again.");
  await proxy.resume();
  await again.button("E-mail it to me").click();
  await again.sees("E-mail isn’t set up here. Copy the link instead.");
  await again.button("Dismiss").click();

  await proxy.refuse();
  proxy.drop();
  await again.endFromMenu();
  await again.sees("This chat ends as soon as there is a connection.");
  await screenshot(again.page, "forms/end-waits");
  await again.button("Options").click();
  expect(await again.button("End chat").count()).toBe(0);
  await again.button("Options").click();
  await proxy.resume();
  await triesAtOnce(again);
  await again.reads("You ended the chat");
  const ends = (await agent.events()).filter(({ type }) => type === "session.ended");
  expect(ends).toHaveLength(1);
});

const WITH_PIN = {
  $schema: "flow/1",
  key: "test.withPin",
  kind: "screen",
  audience: "customer",
  title: "Your card",
  outputs: { name: { type: "text", label: "Name" } },
  start: "ask",
  nodes: {
    ask: {
      type: "screen",
      title: "Your card",
      components: [
        { id: "name", kind: "text", label: "Name on the card", required: true },
        { id: "pin", kind: "secret", label: "Code", required: true },
      ],
      next: "done",
    },
    done: { type: "end", out: { name: "=ask.name" } },
  },
} as unknown as Flow;

test("[WF10] [WF11] a form with a secret that its page could not send says so when the page is back, and can be sent then", async () => {
  const { talking, admin } = scene();
  await publishFlow(admin, WITH_PIN);
  const script = scriptFor(WITH_PIN.key);
  await publishFlow(admin, script);
  const { customer, agent } = await talking();
  const inputs = { conversationId: agent.id };
  await admin.call("POST", `/flows/${script.key}/runs`, { id: newId(), conversationId: agent.id, inputs });
  await customer.button("Fill in").click();
  await customer.field("Name on the card").waitFor();
  await cut(customer);
  await customer.field("Name on the card").fill("Ana Ruiz-Kept");
  await customer.field("Code").fill("4711-0815");
  await send(customer).click();
  await sending(customer).waitFor();
  await customer.hasKept("form.submit");
  expect(await customer.kept()).not.toContain("4711-0815");

  const again = await comesBack(customer);
  await again.sees("This was not sent. Please check your answers and send them again.");
  await again.window.getByText(OFFLINE).waitFor({ state: "detached" });
  expect(await again.field("Name on the card").inputValue()).toBe("Ana Ruiz-Kept");
  expect(await again.field("Code").inputValue()).toBe("");
  await screenshot(again.page, "forms/not-sent-after-reload");
  await again.field("Code").fill("4711-0815");
  await send(again).click();
  await again.sees(/^Receipt/);
  await eventually(() => again.kept().then((kept) => kept.includes("form.submit"))).toBe(false);
});
