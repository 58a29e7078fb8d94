import type { Asset } from "@clew/contract/flows/assets";
import type { Flow } from "@clew/contract/flows/definition";
import { formOf } from "@clew/server/testing/form-flows";
import { json, openOtherSystem } from "@clew/server/testing/other-system";
import { newId } from "@clew/server/testing/test-app";
import { expect, onTestFinished, test } from "vitest";
import { continuityScene } from "./continuity-scene.ts";
import { eventually } from "./eventually.ts";
import { findings } from "./findings.ts";
import { publishFlow, scriptFor } from "./forms-scene.ts";
import type { CustomerWindow } from "./pages/customer-window.ts";

const scene = continuityScene();

/** The first page has ordinary questions; the second asks what only few forms ask. */
const DELIVERY = {
  $schema: "flow/1",
  key: "test.delivery",
  kind: "screen",
  audience: "customer",
  title: "Delivery",
  outputs: { wish: { type: "text", label: "Wish" }, phone: { type: "phone", label: "Phone" } },
  start: "ask",
  nodes: {
    ask: {
      type: "screen",
      title: "Your wish",
      components: [{ id: "wish", kind: "text", label: "What shall we bring?", required: true }],
      next: "reach",
    },
    reach: {
      type: "screen",
      title: "How we reach you",
      components: [
        { id: "phone", kind: "phone", label: "Phone for {{upper(ask.wish)}}", country: "AT", required: true },
      ],
      next: "done",
    },
    done: { type: "end", out: { wish: "=ask.wish", phone: "=reach.phone" } },
  },
} as unknown as Flow;

/** Files of the widget that do not come while `broken`. The answer counts how often one was asked for in vain. */
async function breaking({ page }: CustomerWindow, files: RegExp) {
  let asked = 0;
  await page.route(files, (route) => {
    asked += 1;
    return route.abort("connectionreset");
  });
  return {
    asked: () => asked,
    async mended() {
      await page.unroute(files);
      // As a browser says it when its network is back.
      await page.evaluate(() => dispatchEvent(new Event("online")));
    },
  };
}

test("[FS24] files of a form that do not come are asked for again, and nothing that was typed is lost", async () => {
  const { talking, admin } = scene();
  const script = scriptFor(DELIVERY.key);
  await publishFlow(admin, DELIVERY);
  await publishFlow(admin, script);
  const { customer, agent } = await talking();
  const form = await breaking(customer, /\/forms-[^/]+\.js$/);
  const inputs = { conversationId: agent.id };
  await admin.call("POST", `/flows/${script.key}/runs`, { id: newId(), conversationId: agent.id, inputs });
  await eventually(form.asked).toBeGreaterThan(0);
  expect(await customer.button("Fill in").count()).toBe(0);
  await form.mended();
  await customer.button("Fill in").click();

  await customer.field("What shall we bring?").fill("A sofa");
  await customer.hasKept("A sofa");
  const parts = await breaking(customer, /\/form-(fields|formulas|functions)-[^/]+\.js$/);
  await customer.log.getByRole("button", { name: "Next" }).click();
  await customer.sees("Loading the form…");
  await eventually(parts.asked).toBeGreaterThanOrEqual(3);
  await parts.mended();
  await customer.field("Phone for A SOFA").fill("0664 123 45 67");
  await customer.log.getByRole("button", { name: "Back", exact: true }).click();
  await eventually(() => customer.field("What shall we bring?").inputValue()).toBe("A sofa");
  await customer.log.getByRole("button", { name: "Next" }).click();
  await eventually(() => customer.field("Phone for A SOFA").inputValue()).toBe("+436641234567");
  await customer.log.getByRole("button", { name: "Send" }).click();
  await customer.sees(/^Receipt/);
  await customer.sees("+436641234567");
});

/** One pixel. */
const PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
const RING = { line1: "Ring 1", postcode: "1010", city: "Wien", country: "AT" };

test("[AS4] [FM5] [FA35] a picture of the store stands in a form, one that is not there in its words; an address is found and picked by keyboard alone, and changed", async () => {
  const { talking, admin } = scene();
  const other = await openOtherSystem();
  onTestFinished(async () => void (await other.close()));
  other.system.answer = json(200, { items: [RING, { ...RING, line1: "Ring 12", label: "Ring 12 (backyard)" }] });
  const rest = { hosts: [], headers: {}, privateAddresses: true, idempotent: true, breakAfter: 100, restMs: 60_000 };
  const settings = { baseUrl: other.url, methods: ["POST"], ...rest };
  await admin.call("PUT", "/connectors/places", { settings, secrets: {}, revision: 0 });
  const { name } = await admin.call<Asset>("POST", "/assets", { name: "van.png", content: PIXEL });
  const form = formOf("test.move", {
    components: [
      { kind: "image", src: `=asset('${name}')`, alt: "Our van" },
      { kind: "image", src: "=asset('lorry' + '.png')", alt: "Our lorry" },
      { id: "home", kind: "address", label: "New home", lookup: "places", countries: ["AT", "DE"], required: true },
    ],
    outputs: { home: { type: "address", label: "New home" } },
  });
  const script = scriptFor(form.key);
  await publishFlow(admin, form);
  await publishFlow(admin, script);
  const { customer, agent } = await talking();
  const inputs = { conversationId: agent.id };
  await admin.call("POST", `/flows/${script.key}/runs`, { id: newId(), conversationId: agent.id, inputs });
  await customer.button("Fill in").click();
  const picture = customer.log.getByRole("img", { name: "Our van" });
  await eventually(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(1);
  // One that is not there is read as its words, not as a broken picture.
  await customer.sees("Our lorry");
  expect(await customer.log.getByRole("img", { name: "Our lorry" }).count()).toBe(0);

  const search = customer.log.getByRole("combobox", { name: "Find an address" });
  await search.pressSequentially("Ring");
  await customer.log.getByRole("option", { name: "Ring 12 (backyard)" }).waitFor();
  expect(await findings(customer.page, "clew-chat")).toEqual([]);
  // Keys that come faster than pictures are drawn.
  await search.evaluate(async (input) => {
    for (const key of ["ArrowDown", "ArrowDown", "Enter"]) {
      input.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
      for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
    }
  });
  const street = customer.field("Street and number");
  await eventually(() => street.inputValue()).toBe("Ring 12");
  await eventually(() => street.evaluate((one) => (one.getRootNode() as ShadowRoot).activeElement === one)).toBe(true);
  expect(await customer.log.getByRole("option", { name: /^Ring/ }).count()).toBe(0);
  await customer.field("Street and number").fill("Ring 12a");
  await customer.log.getByRole("button", { name: "Send" }).click();
  await customer.sees(/^Receipt/);
  await customer.sees(/Ring 12a.*1010.*Wien/s);
});
