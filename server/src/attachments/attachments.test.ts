import { readdir } from "node:fs/promises";
import { connect as connectSocket } from "node:net";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { ENGINES } from "../testing/configuration.ts";
import { CONVERSATION, type Edge, openEdge } from "../testing/edge.ts";

const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAMAAAACCAIAAAASFvFNAAAAEUlEQVR4nGP4z8AARBAKQgEAJuwD/bnq0tgAAAAASUVORK5CYII=",
  "base64",
);
const ANOTHER = "0190a000-0000-7000-8000-00000000c0df";
const FILE_ID = "0190a000-0000-7000-8000-0000000000f1";
const MB = 1024 * 1024;

describe.each(ENGINES)("files on %s", (engine) => {
  let edge: Edge;
  let alice: Awaited<ReturnType<Edge["guest"]>>;
  let bob: typeof alice;
  let agent: Record<string, string>;

  beforeEach(async () => {
    edge = await openEdge(engine);
    alice = await edge.guest();
    bob = await edge.guest();
    agent = await edge.signIn((await edge.addAgent()).email);
    edge.owners.set(CONVERSATION, alice.customerId);
    edge.owners.set(ANOTHER, bob.customerId);
  });
  afterEach(() => edge.close());

  type Upload = { headers?: Record<string, string>; name?: string; type?: string; id?: string; conversation?: string };
  const upload = (
    content: Uint8Array | string,
    { headers = alice.headers, name = "a.png", type = "image/png", id, conversation = CONVERSATION }: Upload = {},
  ) => {
    const form = new FormData();
    if (id) form.append("id", id);
    form.append("file", new File([content as never], name, { type }));
    return edge.call("POST", `/conversations/${conversation}/attachments`, { raw: form, headers });
  };
  const read = (id: string, headers: Record<string, string>, query = "") =>
    edge.call("GET", `/attachments/${id}${query}`, { headers });
  const post = async (id: string, { staffOnly = false } = {}) => {
    const wanted = {
      ids: [id],
      conversationId: CONVERSATION,
      uploader: { who: "customer" as const, id: alice.customerId },
    };
    return edge.database.rawTransaction(async (raw) => {
      const files = await edge.attachments.attachmentsOf(raw, wanted);
      await edge.attachments.claim(raw, { ids: [id], at: edge.time.now, staffOnly });
      return files;
    });
  };
  const onDisk = async () =>
    (await readdir(edge.folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile()).length;

  test("[H43] quotes in a file's name are tidied as quotes, not as the browser writes them", async () => {
    const { json } = await upload(PNG, { name: 'the "new" pot.png' });
    expect(json.name).toBe("the _new_ pot.png");
  });

  test("[I23] a picture is told with its size in pixels, whatever it is called", async () => {
    const { json } = await upload(PNG, { name: "page.html", type: "text/html" });
    expect(json).toEqual({
      id: expect.any(String),
      name: "page.html",
      type: "image/png",
      size: PNG.length,
      image: { width: 3, height: 2 },
    });
  });

  test.each([
    ["<html><script>alert(1)</script>", "text/plain"],
    ['<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', "text/plain"],
    ['<?xml version="1.0"?><svg onload="alert(1)"/>', "text/plain"],
    ["GIF89a=1;alert(1)", "image/gif"],
    ["\u0001\u0002\u0003 binary", "application/octet-stream"],
    ["%PDF-1.7\n", "application/pdf"],
  ])("[I23] %j is never more than it may be", async (content, type) => {
    const { json, status } = await upload(content, { name: "x.svg", type: "image/svg+xml" });
    expect(status).toBe(200);
    expect(json.type).toBe(type);
    const answer = await read(json.id, alice.headers, "?preview=1");
    expect(answer.headers.get("content-type")).not.toMatch(/html|svg|xml|javascript/);
    expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
    expect(answer.headers.get("content-security-policy")).toContain("sandbox");
  });

  test("[I23] a program is refused and leaves nothing", async () => {
    const exe = Buffer.concat([Buffer.from("MZ"), Buffer.alloc(200)]);
    expect((await upload(exe, { name: "photo.png" })).json.code).toBe("type-refused");
    expect((await upload(Buffer.from("\x7fELF\x02\x01\x01".padEnd(64, "\0"), "latin1"))).json.code).toBe(
      "type-refused",
    );
    expect(await onDisk()).toBe(0);
  });

  test("[I24] 20 MB fit, one byte more does not and leaves nothing", async () => {
    const whole = await upload(Buffer.alloc(20 * MB));
    expect(whole.json.size).toBe(20 * MB);
    const before = await onDisk();
    expect((await upload(Buffer.alloc(20 * MB + 1))).json.code).toBe("too-large");
    expect(await onDisk()).toBe(before);
  });

  test("[I24] what breaks off leaves nothing, and an empty or missing file is invalid", async () => {
    const broken = '--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nhalf';
    const headers = { ...alice.headers, "content-type": "multipart/form-data; boundary=b" };
    const path = `/conversations/${CONVERSATION}/attachments`;
    expect((await edge.call("POST", path, { raw: broken, headers })).json.code).toBe("invalid");
    expect((await edge.call("POST", path, { raw: "nonsense", headers })).json.code).toBe("invalid");
    expect(
      (await edge.call("POST", path, { raw: "{}", headers: { ...alice.headers, "content-type": "application/json" } }))
        .json.code,
    ).toMatch(/type-refused|invalid/);
    expect((await upload("")).json).toMatchObject({ code: "invalid", field: "/file" });
    await hangUp(edge.address, path, alice.headers.authorization);
    await vi.waitFor(async () => expect(await onDisk()).toBe(0));
  });

  test("[I26] unposted it is the uploader's alone, posted it is for those of the conversation", async () => {
    const { json } = await upload(PNG);
    const statuses = async () => [
      (await read(json.id, alice.headers)).status,
      (await read(json.id, bob.headers)).status,
      (await read(json.id, agent)).status,
      (await read(json.id, {})).status,
    ];
    expect(await statuses()).toEqual([200, 404, 404, 401]);
    await post(json.id);
    expect(await statuses()).toEqual([200, 404, 200, 401]);
    const byLink = await read(json.id, {}, `?token=${alice.accessToken}`);
    expect([byLink.status, Buffer.byteLength(byLink.text) > 0]).toEqual([200, true]);
    expect((await read(json.id, {}, `?token=${bob.accessToken}`)).json).toEqual(
      (await read(FILE_ID, alice.headers)).json,
    );
  });

  test("[I26] the file of a note is for staff", async () => {
    const { json } = await upload(PNG);
    await post(json.id, { staffOnly: true });
    expect([(await read(json.id, alice.headers)).status, (await read(json.id, agent)).status]).toEqual([404, 200]);
  });

  test("[I26] nobody uploads into another's conversation", async () => {
    expect((await upload(PNG, { conversation: ANOTHER })).json.code).toBe("not-found");
    expect((await upload(PNG, { conversation: FILE_ID })).json.code).toBe("not-found");
    expect(await onDisk()).toBe(0);
  });

  test("[I27] a message takes its sender's files of that conversation, each once", async () => {
    const own = (await upload(PNG)).json;
    expect(await post(own.id)).toEqual([own]);
    await expect(post(own.id)).rejects.toMatchObject({ problem: { code: "invalid", field: "/attachments/0" } });
    const elsewhere = (await upload(PNG, { headers: bob.headers, conversation: ANOTHER })).json;
    await expect(post(elsewhere.id)).rejects.toMatchObject({ problem: { code: "invalid" } });
    const second = (await upload(PNG)).json;
    const twice = {
      ids: [second.id, second.id],
      conversationId: CONVERSATION,
      uploader: { who: "customer" as const, id: alice.customerId },
    };
    await expect(edge.attachments.attachmentsOf(edge.database.raw, twice)).rejects.toMatchObject({
      problem: { field: "/attachments/1" },
    });
  });

  test("[I28] only pictures may be shown in place, and only when asked", async () => {
    const picture = (await upload(PNG)).json.id;
    const text = (await upload("hello", { name: "a.txt" })).json.id;
    const shown = async (id: string, query: string) =>
      (await read(id, alice.headers, query)).headers.get("content-disposition")?.split(";")[0];
    expect([await shown(picture, "?preview=1"), await shown(picture, ""), await shown(text, "?preview=1")]).toEqual([
      "inline",
      "attachment",
      "attachment",
    ]);
    expect((await read(picture, alice.headers, "?preview=2")).json.code).toBe("invalid");
  });

  test("[I29] the same upload again is the same file, another one under its id is refused", async () => {
    const first = await upload(PNG, { id: FILE_ID });
    expect(first.json.id).toBe(FILE_ID);
    expect((await upload(PNG, { id: FILE_ID })).json).toEqual(first.json);
    expect((await upload("other", { id: FILE_ID })).json.code).toBe("id-reused");
    edge.owners.set(ANOTHER, alice.customerId);
    expect((await upload(PNG, { id: FILE_ID, conversation: ANOTHER })).json.code).toBe("id-reused");
    expect((await upload(PNG, { id: "../../etc/passwd" })).json).toMatchObject({ code: "invalid", field: "/id" });
    const racing = await Promise.all([
      upload(PNG, { id: ANOTHER }),
      upload(PNG, { id: ANOTHER }),
      upload("other", { id: ANOTHER }),
    ]);
    expect(racing.filter(({ status }) => status === 200).length).toBeGreaterThan(0);
    const stored = await read(ANOTHER, alice.headers);
    const winner = racing.find(({ status }) => status === 200)?.json;
    expect(stored.headers.get("content-length")).toBe(String(winner.size));
  });

  test("[I30] what was never posted goes after a day, what was posted stays", async () => {
    const [kept, left] = [(await upload(PNG)).json.id, (await upload("text")).json.id];
    await post(kept);
    edge.time.now += 24 * 60 * 60_000 - 1;
    expect(await edge.attachments.removeUnclaimed()).toBe(0);
    edge.time.now += 2;
    expect(await edge.attachments.removeUnclaimed()).toBe(1);
    expect(await onDisk()).toBe(1);
    const agentSees = async (id: string) => (await read(id, agent)).status;
    expect([await agentSees(kept), await agentSees(left)]).toEqual([200, 404]);
  });
});

/** Sends the start of an upload and closes the connection; resolves when the server has closed its side. */
function hangUp(address: string, path: string, authorization: string): Promise<void> {
  const { hostname, port } = new URL(address);
  const head = [
    `POST /api/v1${path} HTTP/1.1`,
    `Host: ${hostname}`,
    `Authorization: ${authorization}`,
    "Content-Type: multipart/form-data; boundary=b",
    "Content-Length: 100000",
  ];
  const start = '--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nhalf';
  return new Promise((resolve) => {
    const socket = connectSocket(Number(port), hostname, () => socket.end(`${head.join("\r\n")}\r\n\r\n${start}`));
    socket.on("data", () => {});
    socket.on("close", () => resolve());
  });
}
