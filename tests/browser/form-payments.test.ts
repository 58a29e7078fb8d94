import type { Flow } from "@clew/contract/flows/definition";
import { asks } from "@clew/server/testing/form-flows";
import { newId } from "@clew/server/testing/test-app";
import type { Locator } from "playwright-core";
import { expect, test } from "vitest";
import { serve } from "./agent-side-scene.ts";
import { eventually } from "./eventually.ts";
import { findings } from "./findings.ts";
import { cardOf, caseOf, publishFlow } from "./forms-scene.ts";
import { paymentProvider, TOKEN } from "./payment-page.ts";
import { openStage } from "./stage.ts";

const TICKET = {
  ...{ $schema: "flow/1", key: "test.ticket", kind: "screen", audience: "customer", title: "Your ticket" },
  outputs: { fare: { type: "map?", privacy: "secret" } },
  start: "ask",
  nodes: {
    ask: {
      ...{ type: "screen", title: "Your ticket", next: "done" },
      components: [
        { id: "first", kind: "boolean", label: "First class" },
        {
          ...{ id: "fare", kind: "payment", label: "Fare", connector: "bank", required: true },
          amount: '=first == true ? money("45.00", "EUR") : money("30.00", "EUR")',
        },
      ],
    },
    done: { type: "end", out: { fare: "=ask.fare" } },
  },
} as unknown as Flow;

test("[PY1] [PY2] [PY7] [PY11] [PY12] [FM2] [FM3] paid on the provider's page: refused, forged, remembered, changed, and paid at last", async () => {
  const stage = await openStage();
  const api = await stage.admin();
  const provider = await paymentProvider();
  const settings = { baseUrl: provider.url, paymentPage: `${provider.url}/frame`, methods: ["POST"], hosts: [] };
  const rest = { headers: {}, privateAddresses: true, idempotent: false, breakAfter: 50, restMs: 60_000 };
  await api.call("PUT", "/connectors/bank", { settings: { ...settings, ...rest }, secrets: {}, revision: 0 });
  await publishFlow(api, TICKET);
  const body = { token: "=answer.fare.token", amount: "=answer.fare.amount.amount" };
  const capture = { type: "http.call", connector: "bank", method: "POST", path: "/captures", body, next: "end" };
  const script = asks("test.ticketScript", {
    ...{ form: TICKET.key, title: "Sell a ticket", vars: { answer: { type: "map?", privacy: "secret" } } },
    ...{ ask: { into: "answer", next: "capture" }, nodes: { capture } },
  });
  await publishFlow(api, script);
  const amara = await stage.agent("amara");
  const customer = await serve(stage, amara);
  const { conversationId, caseId } = await caseOf(api);
  const inputs = { conversationId };
  await api.call("POST", `/flows/${script.key}/runs`, { id: newId(), conversationId, caseId, inputs });
  const card = cardOf(amara, "Sell a ticket");
  await customer.button("Fill in").click();
  const pay = customer.button("Pay €30.00");
  const framed = customer.window.locator("iframe");
  const page = framed.contentFrame();
  await card.getByText("Not paid yet").waitFor();
  const isFocused = (what: Locator) => eventually(() => what.evaluate((element) => element.matches(":focus")));
  // The form takes focus when it opens: a key pressed before would go nowhere.
  await isFocused(customer.window.getByRole("heading", { name: "Your ticket" })).toBe(true);

  // Not now: the words say so, and the keyboard is where it was.
  await pay.press("Enter");
  await page.getByRole("heading", { name: "30.00 EUR" }).waitFor();
  expect(await framed.getAttribute("title")).toBe("Payment of €30.00");
  await page.getByRole("button", { name: "Not now" }).press("Enter");
  await customer.sees("The payment was cancelled. Nothing was paid.");
  await isFocused(pay).toBe(true);
  expect(await findings(customer.page)).toEqual([]);

  // Refused: both sides see it.
  await pay.click();
  await page.getByRole("button", { name: "Use a bad card" }).click();
  await customer.sees("The payment was not accepted.");
  await card.getByText("Payment failed").waitFor();

  // Another payment's answer, the site's own page, and another window of the provider's are not heard.
  await pay.click();
  await page.getByRole("button", { name: "Answer for another payment" }).click();
  const address = (await framed.getAttribute("src")) as string;
  await customer.page.evaluate((src) => {
    const reference = new URL(src).searchParams.get("reference");
    window.postMessage({ type: "clew.payment", reference, token: "tok_of_the_site" }, "*");
    const other = document.createElement("iframe");
    other.title = "forged";
    other.src = src;
    document.body.prepend(other);
  }, address);
  const forged = customer.page.locator('iframe[title="forged"]');
  await forged.contentFrame().getByRole("button", { name: "Pay by card" }).click();
  await forged.evaluate((frame) => frame.remove());
  expect(await framed.count()).toBe(1);

  // Paid, and known after a reload.
  await page.getByRole("button", { name: "Pay by card" }).click();
  await customer.sees("€30.00 paid");
  await card.getByText("Paid", { exact: true }).waitFor();
  await customer.reload();
  await customer.button(/Fill in|Continue/).click();
  await customer.sees("€30.00 paid");
  expect(await card.getByText("Paid", { exact: true }).count()).toBe(1);
  expect(await customer.kept()).not.toContain(TOKEN);

  // Less was paid than is due now, and both sides read what becomes of it; another try has the same name.
  const first = customer.window.getByRole("checkbox", { name: "First class" });
  await first.check();
  await customer.sees("€30.00 was paid before the amount changed.");
  await card.getByText("Paid 30.00 EUR, then the amount changed to 45.00 EUR").waitFor();
  expect(await findings(customer.page)).toEqual([]);
  await first.uncheck();
  await customer.sees("€30.00 paid");
  await first.check();
  await customer.button("Pay €45.00").click();
  expect(await framed.getAttribute("src")).toBe(address.replace("amount=30.00", "amount=45.00"));
  await page.getByRole("button", { name: "Pay by card" }).click();
  await customer.sees("€45.00 paid");
  await customer.log.getByRole("button", { name: "Send" }).click();
  await customer.sees(/^Receipt/);
  await customer.sees("€45.00 ✓");
  await eventually(() => provider.captured).toEqual([{ token: TOKEN, amount: "45.00" }]);
  expect(await amara.page.content()).not.toContain(TOKEN);

  const admin = await stage.agent("admin", { status: null });
  await admin.open(`simulator/${script.key}`);
  await admin.page.getByRole("button", { name: "Begin" }).click();
  const simulated = admin.page.getByRole("region", { name: "Customer" });
  await simulated.getByText("30.00 EUR: tick to pay. Nothing is paid here.").waitFor();
  await simulated.getByRole("checkbox", { name: "Fare" }).check();
  await simulated.getByRole("form").getByRole("button", { name: "Send" }).click();
  await admin.page.getByText("It is over: Done.").waitFor();
  expect(provider.captured).toHaveLength(1);
});
