import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { API } from "@clew/contract/api";
import { PROBLEMS } from "@clew/contract/problems";
import { ClientMessage, ServerMessage } from "@clew/contract/stream";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Download } from "../download.ts";
import { CHANNEL, CONVERSATION, type Edge, openEdge } from "../testing/edge.ts";
import { disposition } from "./replies.ts";

let edge: Edge;
let ready = true;
beforeAll(async () => {
  const readTranscript = async () =>
    new Download({ content: "<script>1</script>", type: "text/html", name: 'a"\r\n<b>é.html' });
  edge = await openEdge("sqlite", {
    demo: true,
    publicUrl: "https://chat.example",
    handlers: { readTranscript },
    ready: async () => {
      if (!ready) throw new Error("the store is away");
      return true;
    },
  });
  const put = async (folder: string, name: string) => {
    await mkdir(join(edge.folder, folder), { recursive: true });
    await writeFile(join(edge.folder, folder, name), `// ${name}`);
  };
  await put("console", "index.html");
  await put("console/assets", "app-Ab3dEf9h.js");
  await put("widget", "clew.js");
  await put("widget", "chat-Ab3dEf9h.js");
  await writeFile(join(edge.folder, "secret"), "secret");
});
afterAll(() => edge.close());

const get = (path: string, headers = {}) => edge.call("GET", path, { headers });

test.each(["//", "//console/", "//clew.js", "//health/live", "/setup", "/nowhere", "//docs/api", "//docs/problems"])(
  "[H15] %s carries the headers that protect",
  async (path) => {
    const { headers } = await get(path);
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("content-security-policy")).toMatch(/default-src 'none'.*frame-ancestors '(none|self)'/);
    expect(headers.get("referrer-policy")).toBe("no-referrer");
    expect(headers.get("strict-transport-security")).toMatch(/max-age/);
    expect(headers.get("x-powered-by")).toBeNull();
  },
);

describe("files", () => {
  test("[H16] whatever it is, it is a download in a sandbox", async () => {
    const { headers: customer } = await edge.guest();
    const { headers, text } = await get(`/conversations/${CONVERSATION}/transcript`, customer);
    expect(text).toBe("<script>1</script>");
    expect(headers.get("content-security-policy")).toContain("sandbox");
    expect(headers.get("content-disposition")).toMatch(/^attachment; /);
  });

  test.each(['a"; filename="evil.exe', "a\r\nx: y", "é.txt", "a%22b", "\ud800x", "'(x)*"])(
    "[H16] the name %j cannot break out",
    (name) => {
      const header = disposition({ name, inline: false });
      expect(header).toMatch(/^attachment; filename="[\x20\x21\x23-\x5b\x5d-\x7e]*"; filename\*=UTF-8''[\w%.~!-]*$/);
      const encoded = header.split("UTF-8''")[1] as string;
      expect(decodeURIComponent(encoded)).toBe(name.toWellFormed());
    },
  );

  test("[H17] the widget's files are for every site, the hashed ones for a year", async () => {
    const loader = await get("//clew.js");
    expect(loader.headers.get("access-control-allow-origin")).toBe("*");
    expect(loader.headers.get("cross-origin-resource-policy")).toBe("cross-origin");
    expect(loader.headers.get("cache-control")).toBe("public, max-age=300");
    expect(loader.headers.get("content-type")).toMatch(/javascript/);
    expect((await get("//chat-Ab3dEf9h.js")).headers.get("cache-control")).toContain("immutable");
    expect((await get("//absent.js")).json.code).toBe("not-found");
  });

  test.each(["//..%2fsecret", "//console/..%2f..%2fsecret", "//console/%2e%2e/secret", "//console/..%5csecret.js"])(
    "[H17] %s leads out of no folder",
    async (path) => {
      const answer = await get(path);
      expect(answer.text).not.toContain("secret\n");
      expect(answer.text === "secret").toBe(false);
    },
  );
});

describe("pages", () => {
  test("[H18] every address of the console is its page, a missing file is missing", async () => {
    for (const path of ["//console", "//console/", "//console/inbox/all", "//console/flows/route.webchat"]) {
      const page = await get(path);
      expect([page.status, page.text, page.headers.get("cache-control")]).toEqual([200, "// index.html", "no-cache"]);
    }
    expect((await get("//console/assets/app-Ab3dEf9h.js")).headers.get("cache-control")).toContain("immutable");
    expect((await get("//console/assets/app-gone0000.js")).json.code).toBe("not-found");
  });

  test("[H19] the shop names a channel of the demo and no other, and a new nonce each time", async () => {
    const page = await get("//?channel=0190a000-0000-7000-8000-ffffffffffff");
    expect(page.text).toContain(`data-channel="${CHANNEL}"`);
    expect(page.text).toContain("Shop &#60;chat&#62;");
    const nonce = /nonce-([^']+)'/.exec(page.headers.get("content-security-policy") ?? "")?.[1];
    expect(page.text).toContain(`nonce="${nonce}"`);
    expect((await get("//")).text).not.toContain(nonce);
    expect((await get("//second-page")).text).toContain("Delivery and returns");
  });

  test("[H19] only the console may frame the preview, and nothing can be written into it", async () => {
    const page = await get(`//preview?channel=${CHANNEL}`);
    expect(page.headers.get("content-security-policy")).toContain("frame-ancestors 'self'");
    expect(page.text).toContain(`data-channel="${CHANNEL}"`);
    expect((await get('//preview?channel="><script>')).json.code).toBe("not-found");
  });

  test("[H19] without the demo the front door is the console", async () => {
    const plain = await openEdge();
    const answer = await plain.call("GET", "//");
    expect([answer.status, answer.headers.get("location")]).toEqual([302, "/console/"]);
    await plain.close();
  });

  test("[H20] live is not ready", async () => {
    expect((await get("//health/ready")).status).toBe(200);
    ready = false;
    const answer = await get("//health/ready");
    expect([answer.status, answer.json.code, answer.json.retryAfter]).toEqual([503, "unavailable", 1]);
    expect((await get("//health/live")).status).toBe(200);
    ready = true;
  });
});

describe("documents", () => {
  test("[H21] OpenAPI holds every endpoint and leads nowhere in vain", async () => {
    const { json } = await get("//docs/api/openapi.json");
    const operations = Object.values(json.paths as Record<string, Record<string, { operationId: string }>>).flatMap(
      (path) => Object.values(path),
    );
    expect(operations.map(({ operationId }) => operationId).sort()).toEqual(API.map(({ name }) => name).sort());
    expect(deadReferences(json)).toEqual([]);
    expect(json.components.schemas.Session.properties.status.$ref).toBe("#/components/schemas/SessionStatus");
  });

  test("[H21] AsyncAPI holds every message", async () => {
    const { json } = await get("//docs/api/asyncapi.json");
    const types = (union: object) =>
      (union as { anyOf: { properties: { type: { const: string } } }[] }).anyOf.map(
        (branch) => branch.properties.type.const,
      );
    const expected = [
      ...types(ClientMessage).map((type) => `client-${type}`),
      ...types(ServerMessage).map((type) => `server-${type}`),
    ];
    expect(Object.keys(json.channels.stream.messages).sort()).toEqual([...new Set(expected)].sort());
    expect(deadReferences(json)).toEqual([]);
  });

  test("[H21] the pages name every endpoint and every problem", async () => {
    const api = (await get("//docs/api")).text;
    expect(API.filter(({ name }) => !api.includes(`id="${name}"`))).toEqual([]);
    const links = [...api.matchAll(/href="#([^"]+)"/g)].map((match) => match[1]);
    expect(links.filter((id) => !api.includes(`id="${id}"`))).toEqual([]);
    const problems = (await get("//docs/problems")).text;
    expect(Object.keys(PROBLEMS).filter((code) => !problems.includes(`id="${code}"`))).toEqual([]);
  });
});

function deadReferences(document: object): string[] {
  const pointers = [...JSON.stringify(document).matchAll(/"\$ref":"#([^"]+)"/g)].map((match) => match[1] as string);
  const find = (pointer: string) =>
    pointer
      .split("/")
      .slice(1)
      .reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], document);
  return pointers.filter((pointer) => find(pointer) === undefined);
}
