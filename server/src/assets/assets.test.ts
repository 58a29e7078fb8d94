import { API_BASE } from "@clew/contract/api";
import { type Asset, MAX_ASSET_BYTES } from "@clew/contract/flows/assets";
import type { FlowDraft } from "@clew/contract/flows/versions";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ENGINES } from "../testing/configuration.ts";
import { exampleFlow } from "../testing/flows.ts";
import { signIn, startTestApp } from "../testing/test-app.ts";

/** One pixel. */
const PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

describe.each(ENGINES)("pictures on %s", (engine) => {
  let app: Awaited<ReturnType<typeof startTestApp>>;
  beforeAll(async () => {
    app = await startTestApp({ engine });
  });
  afterAll(() => app.close());

  async function call(method: string, path: string, { as = "admin", body }: { as?: string; body?: unknown } = {}) {
    const { headers } = await signIn(app.url, as);
    const response = await fetch(`${app.url}${API_BASE}${path}`, {
      method,
      headers: { ...headers, ...(body === undefined ? {} : { "content-type": "application/json" }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, json: text ? JSON.parse(text) : null };
  }
  const put = (name: string, content = PIXEL, as?: string) =>
    call("POST", "/assets", { body: { name, content }, ...(as ? { as } : {}) });

  test("[AS1] a picture has a name of its words and its content, and is served unchanging to pages of any site", async () => {
    const { status, json } = await put("Unser Plan (2).PNG");
    expect(status).toBe(200);
    const asset = json as Asset;
    expect(asset.name).toMatch(/^unser-plan-2-[0-9a-f]{16}\.png$/);
    expect(asset).toMatchObject({ type: "image/png", size: 70, image: { width: 1, height: 1 } });
    expect((await put("Unser Plan (2).PNG")).json).toEqual(asset);
    expect((await call("GET", "/assets")).json.items).toEqual([asset]);
    const changed = Buffer.concat([Buffer.from(PIXEL, "base64"), Buffer.alloc(1)]).toString("base64");
    const { name: another } = (await put("Unser Plan (2).PNG", changed)).json as Asset;
    expect([another.slice(0, 12), another === asset.name]).toEqual(["unser-plan-2", false]);
    await call("DELETE", `/assets/${another}`);
    const served = await fetch(`${app.url}/assets/${asset.name}`);
    expect(Buffer.from(await served.arrayBuffer()).toString("base64")).toBe(PIXEL);
    expect(Object.fromEntries(served.headers)).toMatchObject({
      "content-type": "image/png",
      "cache-control": expect.stringContaining("immutable"),
      "cross-origin-resource-policy": "cross-origin",
      "content-security-policy": expect.stringContaining("sandbox"),
      "x-content-type-options": "nosniff",
    });
    expect((await fetch(`${app.url}/assets/no-such-0000000000000000.png`)).status).toBe(404);
  });

  test("[AS2] what is no picture, or too large, is refused whatever its name says; others than admins put nothing there", async () => {
    const page = Buffer.from("<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>").toString("base64");
    expect((await put("logo.png", page)).json.code).toBe("type-refused");
    const large = Buffer.concat([Buffer.from(PIXEL, "base64"), Buffer.alloc(MAX_ASSET_BYTES)]).toString("base64");
    expect((await put("large.png", large)).status).toBe(413);
    expect((await put("no base64", "<>")).json.code).toBe("invalid");
    expect((await put("mine.png", PIXEL, "supervisor")).json.code).toBe("forbidden");
    expect((await call("GET", "/assets", { as: "supervisor" })).status).toBe(200);
    expect((await call("GET", "/assets", { as: "amara" })).json.code).toBe("forbidden");
  });

  test("[FF21] what an author saves is told of a picture that is not there, and meant is the one that is", async () => {
    const { name } = (await put("Boat house.png")).json as Asset;
    const image = { kind: "image", src: "=asset('boat-house')", alt: "A house" };
    const nodes = { ask: { type: "screen", components: [image], next: "end" }, end: { type: "end" } };
    const definition = {
      $schema: "flow/1",
      key: "shows.boat",
      kind: "screen",
      audience: "customer",
      start: "ask",
      nodes,
    };
    const saved = await call("PUT", "/flows/shows.boat/draft", { body: { definition, revision: 0 } });
    expect((saved.json as FlowDraft).findings).toMatchObject([
      { code: "unknown-name", path: "/nodes/ask/components/0/src", suggestion: `did you mean "${name}"?` },
    ]);
  });

  test("[AS3] one that a flow names stays; what comes and goes is in the audit", async () => {
    const { name } = (await put("Shown.png")).json as Asset;
    const flow = { ...exampleFlow("case.followUp"), key: "shows.it", description: `It shows ${name}.` };
    await call("PUT", "/flows/shows.it/draft", { body: { definition: flow, revision: 0 } });
    expect((await call("DELETE", `/assets/${name}`)).json).toMatchObject({
      code: "conflict",
      detail: "used by shows.it",
    });
    await call("PUT", "/flows/shows.it/draft", { body: { definition: { ...flow, description: "" }, revision: 1 } });
    expect((await call("DELETE", `/assets/${name}`)).status).toBe(204);
    expect((await fetch(`${app.url}/assets/${name}`)).status).toBe(404);
    const { items } = (await call("GET", "/audit")).json as {
      items: { noun: string; action: string; nounId: string }[];
    };
    const lines = items.filter(({ nounId }) => nounId === name).map(({ noun, action }) => [noun, action]);
    expect(lines).toEqual([
      ["asset", "delete"],
      ["asset", "create"],
    ]);
  });
});
