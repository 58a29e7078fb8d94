import { connect as connectSocket } from "node:net";
import { PROBLEMS } from "@clew/contract/problems";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { CHANNEL, CONVERSATION, type Edge, openEdge } from "../testing/edge.ts";

let edge: Edge;
let customer: { authorization: string };

beforeAll(async () => {
  edge = await openEdge("sqlite", {
    handlers: {
      boot: async () => {
        throw new Error("the inside: /srv/secret.ts");
      },
    },
  });
  customer = (await edge.guest()).headers;
});
afterAll(() => edge.close());

const post = { type: "message.post", id: CONVERSATION, conversationId: CONVERSATION, text: "hello", attachments: [] };
const command = (body: unknown) => edge.call("POST", "/commands", { body, headers: customer });

function expectProblem(answer: { status: number; json: unknown; headers: Headers }, code: keyof typeof PROBLEMS) {
  expect(answer.json).toMatchObject({ code, status: PROBLEMS[code].status, type: `/docs/problems#${code}` });
  expect(answer.status).toBe(PROBLEMS[code].status);
  expect(answer.headers.get("content-type")).toBe("application/problem+json; charset=utf-8");
}

describe("what does not fit", () => {
  test.each([
    [{ ...post, conversationId: "x" }, "/conversationId"],
    [{ ...post, attachments: [CONVERSATION, 7] }, "/attachments/1"],
    [{ ...post, more: 1 }, "/more"],
    [{ ...post, "a/b~c": 1 }, "/a~1b~0c"],
    [(({ text: _, ...rest }) => rest)(post), "/text"],
    [{ ...post, answers: [{ key: "name" }] }, "/answers/0/value"],
    [[], ""],
    [null, ""],
  ])("[H1] %j names the place", async (body, field) => {
    const answer = await command(body);
    expectProblem(answer, "invalid");
    expect(answer.json.field).toBe(field);
    expect(answer.json.detail).toMatch(/^\S.+\.$/);
  });

  test("[H1] parameters and query are told apart from the body", async () => {
    const inPath = await edge.call("GET", "/conversations/nonsense", { headers: customer });
    expect(inPath.json).toMatchObject({ code: "invalid", field: "/params/id" });
    const inQuery = await edge.call("GET", `/conversations/${CONVERSATION}/events?limit=many`, { headers: customer });
    expect(inQuery.json).toMatchObject({ code: "invalid", field: "/query/limit" });
    const twice = await edge.call("GET", `/conversations/${CONVERSATION}/events?limit=1&limit=2`, {
      headers: customer,
    });
    expect(twice.json).toMatchObject({ code: "invalid", field: "/query/limit" });
  });

  test("[H2] the command that was meant is the one that is explained", async () => {
    const answer = await command({ ...post, text: 5 });
    expect(answer.json).toMatchObject({ field: "/text", detail: "`/text` must be string." });
    const unknown = await command({ type: "message.shout" });
    expect(unknown.json.field).toBe("/type");
    expect(unknown.json.detail).toContain('"message.post"');
  });

  test("[H3] NUL, __proto__ and bottomless nesting are refused", async () => {
    expect((await command({ ...post, text: "a\0b" })).json).toMatchObject({ code: "invalid", field: "/text" });
    const proto = await edge.call("POST", "/commands", {
      raw: '{"__proto__":{"x":1}}',
      headers: { ...customer, "content-type": "application/json" },
    });
    expectProblem(proto, "invalid");
    const deep = await edge.call("POST", "/commands", {
      raw: `${"[".repeat(100_000)}${"]".repeat(100_000)}`,
      headers: { ...customer, "content-type": "application/json" },
    });
    expectProblem(deep, "invalid");
    expect((await edge.call("GET", "/conversations/%00", { headers: customer })).status).toBe(400);
  });
});

describe("what is not a body", () => {
  const send = (raw: string, type: string) =>
    edge.call("POST", "/commands", { raw, headers: { ...customer, "content-type": type } });

  test("[H4] broken JSON is not-json", async () => expectProblem(await send("{", "application/json"), "not-json"));

  test.each(["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "nonsense"])(
    "[H4] %s is refused as a kind",
    async (type) => expectProblem(await send("a=1", type), "type-refused"),
  );

  test("[H4] more than 256 kB is too large", async () => {
    expectProblem(await command({ ...post, text: "x".repeat(300_000) }), "too-large");
  });

  test("[H4] a body that is missing is invalid", async () => {
    expectProblem(await edge.call("POST", "/commands", { headers: customer }), "invalid");
  });
});

describe("addresses and faults", () => {
  test("[H6] an unknown address is not found, a known one says what it takes", async () => {
    expectProblem(await edge.call("GET", "/nowhere"), "not-found");
    expectProblem(await edge.call("GET", "//nowhere/at/all"), "not-found");
    expectProblem(await edge.call("GET", `/conversations/${"x".repeat(500)}`, { headers: customer }), "not-found");
    const answer = await edge.call("DELETE", "/commands");
    expectProblem(answer, "method-not-allowed");
    expect(answer.headers.get("allow")).toBe("POST");
  });

  test("[H7] a fault of ours tells nothing to the caller and everything to the log", async () => {
    const answer = await edge.call("GET", `/channels/${CHANNEL}/boot`);
    expectProblem(answer, "internal");
    expect(answer.text).not.toContain("inside");
    expect(edge.lines.join()).toContain("the inside: /srv/secret.ts");
  });

  test("[H5] an address that cannot be decoded is a problem too", async () => {
    expectProblem(await edge.call("GET", "/conversations/%ZZ", { headers: customer }), "invalid");
  });

  test("[H5] so is a request that is not HTTP", async () => {
    const answer = await raw("NONSENSE\r\n\r\n");
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(answer).toContain('"code":"invalid"');
    expect(answer).not.toMatch(/at .*\.[jt]s/);
  });

  test("[H8] an endpoint without a handler stops the start", async () => {
    const without = openEdge("sqlite", { handlers: { listQueues: undefined as never } });
    await expect(without).rejects.toThrow("No handler for the endpoints listQueues.");
  });
});

function raw(text: string): Promise<string> {
  const { hostname, port } = new URL(edge.address);
  return new Promise((resolve, reject) => {
    const socket = connectSocket(Number(port), hostname, () => socket.write(text));
    let answer = "";
    socket.on("data", (chunk) => {
      answer += chunk;
    });
    socket.on("close", () => resolve(answer));
    socket.on("error", reject);
  });
}
