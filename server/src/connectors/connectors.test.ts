import { randomBytes } from "node:crypto";
import type { ConnectorSettings } from "@clew/contract/flows/connectors";
import type { OperationOf } from "@clew/domain/flows/engine/operation";
import pino from "pino";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Done, Wanted } from "../flows/operations.ts";
import { ENGINES, expectRefused, openConfigurationStore } from "../testing/configuration.ts";
import { json, openOtherSystem } from "../testing/other-system.ts";
import { type Address, isPublic, resolveHost } from "./addresses.ts";
import { createConnectors } from "./connectors.ts";

type Call = OperationOf<"http.call">;
const SETTINGS: ConnectorSettings = {
  baseUrl: "http://api.example/v2",
  methods: ["GET", "POST"],
  hosts: [],
  headers: { authorization: "Bearer {{token}}" },
  privateAddresses: true,
  idempotent: false,
  breakAfter: 2,
  restMs: 60_000,
};
const ID = "0190a000-0000-7000-8000-00000000ca11";
const CUSTOMERS: Record<string, string> = { "secret-1": "pin 4711" };

describe.each(ENGINES)("connectors on %s", (engine) => {
  let store: Awaited<ReturnType<typeof openConfigurationStore>>;
  let other: Awaited<ReturnType<typeof openOtherSystem>>;
  let connectors: ReturnType<typeof createConnectors>;
  const logged: string[] = [];
  let addresses: readonly Address[] = [{ address: "127.0.0.1", family: 4 }];

  beforeAll(async () => {
    [store, other] = await Promise.all([openConfigurationStore(engine), openOtherSystem()]);
    connectors = createConnectors({
      ...store.context,
      log: pino({ level: "trace" }, { write: (line: string) => void logged.push(line) }),
      key: randomBytes(32),
      secretOf: async (id) => CUSTOMERS[id],
      resolve: async (host) => (host === "api.example" ? addresses : resolveHost(host)),
    });
    Object.assign(store.handlers, connectors.handlers);
  });
  afterAll(async () => {
    await store.close();
    await other.close();
  });
  afterEach(() => {
    other.system.answer = json(200, {});
    other.received.length = 0;
    addresses = [{ address: "127.0.0.1", family: 4 }];
  });

  /** A connector of its own for each test, so that the rest of one is not the rest of another. */
  async function save(name: string, change: Partial<ConnectorSettings> = {}) {
    const settings = { ...SETTINGS, baseUrl: `http://api.example:${other.port}/v2`, ...change };
    const body = { settings, secrets: { token: "never-shown" }, revision: 0 };
    return store.call("saveConnector", { params: { name }, body });
  }
  function call(connector: string, change: Partial<Call> = {}, again = false): Promise<Done> {
    const operation: Call = {
      ...{ do: "http.call", connector, method: "POST", path: "/score", query: {}, headers: {}, body: { a: 1 } },
      ...{ timeoutMs: 2_000, retry: { max: 0, backoffMs: 0, on: ["network", "timeout", "http.5xx"] } },
      ...{ maxBytes: 1_000, idempotent: false },
      ...change,
    };
    const wanted = { id: ID, run: { id: "run" }, row: {}, now: 0, attempt: 1, again } as unknown as Wanted;
    return connectors.doers["http.call"]?.(operation, wanted) as Promise<Done>;
  }

  test("[RE20] a secret goes in and never comes out: not in lists, not in answers, not in the store, not in the audit", async () => {
    const saved = await save("secretive");
    expect(saved).toMatchObject({ name: "secretive", secrets: ["token"], revision: 1 });
    const all = [
      saved,
      await store.call("listConnectors"),
      await store.context.database.query.selectFrom("connectors").selectAll().execute(),
      await store.context.database.query.selectFrom("audit").selectAll().execute(),
    ];
    expect(JSON.stringify(all)).not.toContain("never-shown");
    await call("secretive");
    expect(other.received[0]?.headers.authorization).toBe("Bearer never-shown");
  });

  test("[RE21] settings that cannot work are refused: secrets that are not set, hosts that are none, another revision", async () => {
    const refused = (change: Partial<ConnectorSettings>, field: string) =>
      expectRefused(save("wrong", change), "setting-refused", { field: `/settings/${field}` });
    await refused({ headers: { "x-key": "{{other}}" } }, "headers/x-key");
    await refused({ baseUrl: "https://ann:pass@api.example" }, "baseUrl");
    await refused({ hosts: ["elsewhere.example"] }, "hosts");
    await refused({ hosts: ["api.example", "a/b"] }, "hosts/1");
    await save("twice");
    await expectRefused(save("twice"), "conflict", { field: "/revision" });
    await store.call("deleteConnector", { params: { name: "twice" } });
    expect(await call("twice")).toMatchObject({ fault: "notFound" });
  });

  test("[RE22] a call goes to the hosts and by the methods that are allowed, below the base address, and nowhere else", async () => {
    await save("narrow");
    const forbidden = { fault: "forbidden" };
    expect(await call("narrow", { method: "DELETE" })).toMatchObject(forbidden);
    expect(await call("narrow", { path: "/../admin" })).toMatchObject(forbidden);
    expect(await call("narrow", { path: "http://other.example/score" })).toMatchObject(forbidden);
    expect(await call("narrow", { path: "score" })).toMatchObject(forbidden);
    expect(other.received).toEqual([]);
    other.system.answer = json(302, {}, { location: `http://127.0.0.1:${other.port}/elsewhere` });
    expect(await call("narrow")).toMatchObject(forbidden);
    expect(other.received.map(({ url }) => url)).toEqual(["/v2/score"]);
  });

  test("[RE23] private addresses are not reached unless allowed, by whatever name or spelling", async () => {
    await save("outside", { privateAddresses: false });
    for (const address of ["127.0.0.1", "10.1.2.3", "172.31.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1"]) {
      addresses = [
        { address: "93.184.216.34", family: 4 },
        { address, family: 4 },
      ];
      expect(await call("outside")).toMatchObject({ fault: "forbidden" });
    }
    for (const address of ["::1", "::ffff:127.0.0.1", "fe80::1", "fd00::1", "64:ff9b::7f00:1", "2002:7f00:1::", "::"])
      expect(isPublic({ address, family: 6 }), address).toBe(false);
    expect(isPublic({ address: "2606:2800:220:1:248:1893:25c8:1946", family: 6 })).toBe(true);
    for (const baseUrl of [`http://0x7f.1:${other.port}`, `http://[::ffff:127.0.0.1]:${other.port}`]) {
      const name = `n${baseUrl.length}`;
      await save(name, { baseUrl, privateAddresses: false });
      expect(await call(name)).toMatchObject({ fault: "forbidden" });
    }
    expect(other.received).toEqual([]);
  });

  test("[RE24] each way to fail has its fault, and none tells a secret", async () => {
    await save("failing", { breakAfter: 100 });
    other.system.answer = json(404, {});
    expect(await call("failing")).toMatchObject({ fault: "http.4xx" });
    other.system.answer = json(503, {});
    expect(await call("failing")).toMatchObject({ fault: "http.5xx" });
    other.system.answer = null;
    expect(await call("failing", { timeoutMs: 100, idempotent: true })).toMatchObject({ fault: "timeout" });
    other.system.answer = json(200, { text: "x".repeat(2_000) });
    expect(await call("failing")).toMatchObject({ fault: "limit" });
    other.system.answer = (_request, response) =>
      response.writeHead(200, { "content-type": "application/json" }).end("{");
    expect(await call("failing")).toMatchObject({ fault: "validation" });
    addresses = [];
    expect(await call("failing")).toMatchObject({ fault: "network" });
    expect(logged.join("")).toContain("a call failed");
    expect(logged.join("")).not.toContain("never-shown");
  });

  test("[RE25] what went out and was not answered is not sent again unless repeating is harmless", async () => {
    await save("once", { breakAfter: 100 });
    const retry = { max: 3, backoffMs: 0, on: ["network", "timeout"] };
    other.system.answer = (_request, response) => response.socket?.destroy();
    expect(await call("once", { retry })).toMatchObject({ fault: "timeout", detail: "in doubt" });
    expect(other.received).toHaveLength(1);
    other.received.length = 0;
    expect(await call("once", { retry, idempotent: true })).toMatchObject({ fault: "network" });
    expect(other.received).toHaveLength(4);
    expect(new Set(other.received.map(({ headers }) => headers["idempotency-key"]))).toEqual(new Set([ID]));
  });

  test("[FD17] what another had begun is made again only where the call or its connector says that twice is harmless", async () => {
    await Promise.all([save("strict"), save("lenient", { idempotent: true })]);
    const doubt = { fault: "timeout", detail: "in doubt" };
    expect(await call("strict", {}, true)).toMatchObject(doubt);
    expect(await call("gone", {}, true)).toMatchObject(doubt);
    expect(other.received).toEqual([]);
    expect(await call("strict", { idempotent: true }, true)).toMatchObject({ value: { status: 200 } });
    expect(await call("lenient", {}, true)).toMatchObject({ value: { status: 200 } });
    expect(other.received.map(({ headers }) => headers["idempotency-key"])).toEqual([ID, ID]);
    other.system.answer = (_request, response) => response.socket?.destroy();
    expect(await call("lenient")).toMatchObject({ fault: "network" });
  });

  test("[RE26] a system that keeps failing is left alone for a while, then tried with one call", async () => {
    await save("tired");
    other.system.answer = json(500, {});
    for (let time = 0; time < 4; time += 1) await call("tired");
    expect(other.received).toHaveLength(2);
    expect(await call("tired")).toMatchObject({ fault: "network", message: expect.stringContaining("left alone") });
    store.time.now += SETTINGS.restMs;
    await call("tired");
    await call("tired");
    expect(other.received).toHaveLength(3);
    store.time.now += SETTINGS.restMs;
    other.system.answer = json(200, { score: 1 });
    expect(await call("tired")).toMatchObject({ value: { status: 200, body: { score: 1 } } });
    expect(await call("tired")).toMatchObject({ value: { status: 200 } });
  });

  test("[RE27] what a customer gave in confidence goes into body and headers whole, and is neither told nor logged", async () => {
    await save("confidant");
    const secretRef = (id: string) => ({ secretRef: id });
    await call("confidant", {
      headers: { "x-code": secretRef("secret-1"), authorization: "mine", host: "evil.example" },
      body: { code: secretRef("secret-1"), list: [secretRef("secret-1")] },
    });
    expect(other.received[0]?.body).toEqual({ code: "pin 4711", list: ["pin 4711"] });
    expect(other.received[0]?.headers).toMatchObject({ "x-code": "pin 4711", authorization: "Bearer never-shown" });
    expect(other.received[0]?.headers.host).toBe(`api.example:${other.port}`);
    const gone = await call("confidant", { body: secretRef("wiped") });
    expect(gone).toMatchObject({ fault: "validation" });
    expect(logged.join("")).not.toContain("pin 4711");
  });
});
