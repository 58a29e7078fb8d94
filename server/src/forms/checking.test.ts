import type { ServerResponse } from "node:http";
import type { Flow } from "@clew/contract/flows/definition";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { ENGINES } from "../testing/configuration.ts";
import { flowAdmin } from "../testing/flows.ts";
import { opens } from "../testing/form-flows.ts";
import { changed, formSide, pressButton, servedCase, submit } from "../testing/form-stage.ts";
import { openOtherSystem } from "../testing/other-system.ts";
import { newGuest, startTestApp } from "../testing/test-app.ts";

const NUMBER = { id: "order", kind: "text", label: "Order", required: true, check: "orders" };
const NAME = { id: "name", kind: "text", label: "Name" };

describe.each(ENGINES)("answers that another system judges on %s", (engine) => {
  let app: Awaited<ReturnType<typeof startTestApp>>;
  let admin: Awaited<ReturnType<typeof flowAdmin>>;
  let other: Awaited<ReturnType<typeof openOtherSystem>>;
  /** Answers that wait to be given, by the value that was asked about. */
  const held = new Map<string, ServerResponse>();
  let holds = false;
  let down = false;

  const judge = (value: string) =>
    /^\d{4}$/.test(value) ? { ok: true } : { ok: false, message: { en: `No order ${value}`, de: `Kein ${value}` } };
  const give = (response: ServerResponse, value: string) => {
    response.writeHead(down ? 500 : 200, { "content-type": "application/json" });
    response.end(JSON.stringify(judge(value)));
  };
  beforeAll(async () => {
    [app, other] = await Promise.all([startTestApp({ engine }), openOtherSystem()]);
    admin = await flowAdmin(app.url);
    other.system.answer = ({ body }, response) => {
      const { value } = body as { value: string };
      if (holds) held.set(value, response);
      else give(response, value);
    };
    const settings = { methods: ["POST"], hosts: [], headers: {}, privateAddresses: true, idempotent: true };
    await admin.request("PUT", "/connectors/orders", {
      settings: { ...settings, baseUrl: `http://127.0.0.1:${other.port}/v1`, breakAfter: 100, restMs: 60_000 },
      secrets: {},
      revision: 0,
    });
    await admin.publish(form("one", [[NUMBER, NAME]]));
    await admin.publish(form("two", [[NUMBER], [NAME]]));
    for (const name of ["one", "two"]) await admin.publish(opens(name));
  });
  afterAll(async () => {
    await app.close();
    await other.close();
  });
  beforeEach(() => {
    holds = false;
    down = false;
    held.clear();
    other.received.length = 0;
  });

  async function open(name: string, agent = "amara", plain = false) {
    const served = await servedCase(app, agent, newGuest(app.url), plain ? [] : ["forms"]);
    const { conversationId, customer, desk } = served;
    const { formId } = await pressButton(app, served, `open${name}`, { conversationId });
    return {
      ...served,
      formId,
      side: formSide(customer, conversationId, formId),
      agentSide: formSide(desk, conversationId, formId),
    };
  }

  test("[FA18] what another system has against an answer appears at the field, for both sides, and keeps it from being sent", async () => {
    const { side, agentSide, customer, conversationId, formId } = await open("one");
    await side.join();
    await agentSide.join();
    side.act({ act: "set", field: "page0.order", value: "47x", base: 0 });
    for (const one of [side, agentSide])
      await one.until("field", ({ view }) => view.field === "page0.order" && view.problem === "No order 47x");
    expect(other.received[0]?.body).toEqual({
      ...{ form: "one", field: "order", kind: "text", value: "47x", language: "en" },
    });
    expect(await submit(customer, conversationId, formId, {})).toMatchObject({
      problem: { code: "invalid", fields: { "page0.order": "No order 47x" } },
    });
    // What is sent is judged, whatever was typed before; and once more, though nothing is different.
    expect(await submit(customer, conversationId, formId, { "page0.order": "4711" })).toMatchObject({ ok: true });
    expect((await changed(customer, formId, "submitted")).form.receipt?.answers[0]?.text).toBe("4711");
  });

  test("[FA19] a late word about an earlier value is dropped", async () => {
    const { side } = await open("one", "chiyo");
    await side.join();
    holds = true;
    side.act({ act: "set", field: "page0.order", value: "wrong", base: 0 });
    await expect.poll(() => [...held.keys()]).toEqual(["wrong"]);
    const op = side.act({ act: "set", field: "page0.order", value: "4711", base: 1 });
    await side.until("ack", (said) => said.op === op);
    holds = false;
    give(held.get("wrong") as ServerResponse, "wrong");
    await expect
      .poll(() => other.received.map(({ body }) => (body as { value: string }).value))
      .toEqual(["wrong", "4711"]);
    side.act({ act: "set", field: "page0.name", value: "Ana", base: 0 });
    await side.until("field", ({ view }) => view.field === "page0.name" && view.value === "Ana");
    expect(side.says().filter((say) => say.say === "field" && say.view.problem)).toEqual([]);
  });

  test("[FA20] going on to the next page asks, and what cannot be checked stays where it is", async () => {
    const { side } = await open("two", "amara");
    await side.join();
    side.act({ act: "set", field: "page0.order", value: "12", base: 0 });
    const refused = side.act({ act: "page", to: "next" });
    expect(await side.until("reject", ({ op }) => op === refused)).toMatchObject({
      problems: { "page0.order": "No order 12" },
    });
    side.act({ act: "set", field: "page0.order", value: "1234", base: 2 });
    down = true;
    const unknown = side.act({ act: "page", to: "next" });
    const { problems } = await side.until("reject", ({ op }) => op === unknown);
    expect(problems?.["page0.order"]).toContain("could not be checked");
    down = false;
    const fits = side.act({ act: "page", to: "next" });
    await side.until("ack", ({ op }) => op === fits);
    await side.until("view", ({ view }) => view.page?.node === "page1");
  });

  test("[FA21] asked as a message the answer is judged as well", async () => {
    const { customer, conversationId, formId } = await open("one", "chiyo", true);
    const bot = () =>
      customer
        .events(conversationId)
        .flatMap((event) => (event.type === "message.posted" && event.by.who === "bot" ? [event.text] : []));
    const says = (text: string) => customer.command({ type: "message.post", conversationId, text, attachments: [] });
    await expect.poll(() => bot().length).toBe(1);
    await says("seven");
    await expect.poll(() => bot().at(-1)).toBe("No order seven\n\nOrder");
    await says("0815");
    await expect.poll(() => bot().at(-1)).toContain("Name");
    await says("Ana");
    expect((await changed(customer, formId, "submitted")).form.receipt?.answers.map(({ text }) => text)).toEqual([
      "0815",
      "Ana",
    ]);
  });
});

function form(key: string, pages: readonly (readonly object[])[]): Flow {
  const screens = pages.map((components, index) => [
    `page${index}`,
    { type: "screen", title: key, components, next: index + 1 < pages.length ? `page${index + 1}` : "done" },
  ]);
  return {
    $schema: "flow/1",
    key,
    kind: "screen",
    audience: "customer",
    title: key,
    start: "page0",
    nodes: { ...Object.fromEntries(screens), done: { type: "end" } },
  } as unknown as Flow;
}
