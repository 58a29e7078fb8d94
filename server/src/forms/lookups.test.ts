import type { ServerResponse } from "node:http";
import type { FoundAddress } from "@clew/contract/flows/form-live";
import { afterAll, beforeAll, expect, test } from "vitest";
import { flowAdmin } from "../testing/flows.ts";
import { formOf, opens } from "../testing/form-flows.ts";
import { formSide, pressButton, servedCase } from "../testing/form-stage.ts";
import { openOtherSystem } from "../testing/other-system.ts";
import { newId, startTestApp } from "../testing/test-app.ts";

const HOME = { id: "home", kind: "address", label: "Home", lookup: "places", countries: ["AT", "DE"] };
const RING = { line1: "Ring 1", postcode: "1010", city: "Wien", country: "AT" };

let app: Awaited<ReturnType<typeof startTestApp>>;
let other: Awaited<ReturnType<typeof openOtherSystem>>;
const held: ServerResponse[] = [];
let items: unknown = [];
let waits = false;

const give = (response: ServerResponse) => {
  response.writeHead(200, { "content-type": "application/json" });
  response.end(JSON.stringify({ items }));
};

beforeAll(async () => {
  [app, other] = await Promise.all([startTestApp(), openOtherSystem()]);
  other.system.answer = (_request, response) => (waits ? held.push(response) : give(response));
  const admin = await flowAdmin(app.url);
  const settings = { methods: ["POST"], hosts: [], headers: {}, privateAddresses: true, idempotent: true };
  await admin.request("PUT", "/connectors/places", {
    settings: { ...settings, baseUrl: `${other.url}/v1`, breakAfter: 100, restMs: 60_000 },
    secrets: {},
    revision: 0,
  });
  const components = [HOME, { id: "second", kind: "address", label: "Second" }];
  await admin.publish(formOf("move", { components }));
  await admin.publish(opens("move"));
});
afterAll(async () => {
  await app.close();
  await other.close();
});

async function open(agent: string) {
  const served = await servedCase(app, agent);
  const { conversationId, customer, desk } = served;
  const { formId } = await pressButton(app, served, "openmove", { conversationId });
  const [side, agentSide] = [customer, desk].map((stream) => formSide(stream, conversationId, formId));
  if (!side || !agentSide) throw new Error("no sides");
  await side.join();
  await agentSide.join();
  const find = async (text: string): Promise<FoundAddress[]> => {
    const op = newId();
    side.act({ act: "lookup", op, field: "ask.home", text });
    return (await side.until("found", (said) => said.op === op)).items;
  };
  return { side, agentSide, find };
}

test("[FA32] addresses that another system knows are offered to the customer, of the countries that are asked for", async () => {
  const { find } = await open("amara");
  items = [
    { ...RING, secretOfTheirs: 1, line2: 7 },
    { ...RING, label: "The other Ring", line2: "Door 2" },
    { ...RING, country: "CH" },
    { city: "Graz" },
    "Ring 3",
  ];
  expect(await find("Ring 1")).toEqual([
    { label: "Ring 1, 1010, Wien, AT", value: RING },
    { label: "The other Ring", value: { ...RING, line2: "Door 2" } },
  ]);
  expect(other.received.at(-1)).toMatchObject({
    url: "/v1/lookup",
    body: { form: "move", field: "home", text: "Ring 1", countries: ["AT", "DE"], language: "en" },
  });
  for (const answer of [null, { line1: "Ring" }]) {
    items = answer;
    expect(await find("Ring")).toEqual([]);
  }
});

test("[FA33] only the customer asks, only of a field that is looked up, and the newest of what is typed at once", async () => {
  const { side, agentSide, find } = await open("chiyo");
  items = [RING];
  waits = true;
  const before = other.received.length;
  const first = find("R");
  await expect.poll(() => held.length).toBe(1);
  for (const text of ["Ri", "Rin"]) side.act({ act: "lookup", op: newId(), field: "ask.home", text });
  const last = find("Ring");
  // What the server says to this comes after it has read the others.
  const told = side.act({ act: "set", field: "ask.second", value: null, base: 0 });
  await side.until("ack", ({ op }) => op === told);
  waits = false;
  for (const response of held.splice(0)) give(response);
  expect([await first, await last].flat()).toHaveLength(2);
  const asked = other.received.slice(before).map(({ body }) => (body as { text: string }).text);
  expect(asked).toEqual(["R", "Ring"]);
  agentSide.act({ act: "lookup", op: newId(), field: "ask.home", text: "Ring" });
  expect((await agentSide.until("refused")).problem.code).toBe("forbidden");
  side.act({ act: "lookup", op: newId(), field: "ask.second", text: "Ring" });
  expect((await side.until("refused")).problem.code).toBe("forbidden");
  expect(other.received).toHaveLength(before + 2);
});
