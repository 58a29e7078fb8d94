import { createHash, randomBytes } from "node:crypto";
import { readdir } from "node:fs/promises";
import { connect as connectSocket, type Socket } from "node:net";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { ENGINES } from "../testing/configuration.ts";
import { CONVERSATION, type Edge, openEdge } from "../testing/edge.ts";

const ANOTHER = "0190a000-0000-7000-8000-00000000c0df";
const FILE_ID = "0190a000-0000-7000-8000-0000000000f1";
const KB = 1024;
const BYTES = randomBytes(300 * KB);
const sha256 = (content: Uint8Array) => createHash("sha256").update(content).digest("hex");

describe.each(ENGINES)("uploads in parts on %s", (engine) => {
  let edge: Edge;
  let alice: Awaited<ReturnType<Edge["guest"]>>;

  beforeEach(async () => {
    edge = await openEdge(engine);
    alice = await edge.guest();
    edge.owners.set(CONVERSATION, alice.customerId);
  });
  afterEach(() => edge.close());

  type Part = {
    id?: string;
    size?: number | string;
    sha256?: string;
    headers?: Record<string, string>;
    conversation?: string;
  };
  const send = (
    content: Uint8Array,
    offset: number | string,
    { id = FILE_ID, size = BYTES.length, headers = alice.headers, conversation = CONVERSATION, ...more }: Part = {},
  ) => {
    const form = new FormData();
    for (const [name, value] of Object.entries({ id, size, offset, ...more })) form.append(name, String(value));
    form.append("file", new File([content as never], "plan.bin"));
    return edge.call("POST", `/conversations/${conversation}/uploads`, { raw: form, headers });
  };
  const where = async (id = FILE_ID, headers: Record<string, string> = alice.headers) =>
    (await edge.call("GET", `/conversations/${CONVERSATION}/uploads/${id}`, { headers })).json;
  const to = () => ({
    address: edge.address,
    path: `/conversations/${CONVERSATION}/uploads`,
    authorization: alice.headers.authorization,
  });
  const contentOf = async (id: string) => {
    const read = await fetch(`${edge.address}/api/v1/attachments/${id}`, { headers: alice.headers });
    return sha256(new Uint8Array(await read.arrayBuffer()));
  };
  const onDisk = async () =>
    (await readdir(edge.folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile()).length;
  const rows = () => edge.database.query.selectFrom("uploads").selectAll().execute();

  test("[CU1] the parts make the file, which is the attachment that one upload would have made", async () => {
    const first = await send(BYTES.subarray(0, 100 * KB), 0, { sha256: sha256(BYTES) });
    expect(first.json).toEqual({ id: FILE_ID, offset: 100 * KB, attachment: null });
    expect(await where()).toEqual(first.json);
    const last = await send(BYTES.subarray(100 * KB), 100 * KB, { sha256: sha256(BYTES) });
    const attachment = { id: FILE_ID, name: "plan.bin", type: "application/octet-stream", size: BYTES.length };
    expect(last.json).toEqual({ id: FILE_ID, offset: BYTES.length, attachment });
    expect(await contentOf(FILE_ID)).toBe(sha256(BYTES));
    expect([await rows(), await onDisk()]).toEqual([[], 1]);
  });

  test("[CU17] all has arrived but the last answer is lost: an empty part at the end brings the attachment", async () => {
    const socket = hangingPart({ ...to(), sent: BYTES.length });
    await vi.waitFor(async () => expect((await where()).offset).toBe(BYTES.length));
    socket.resetAndDestroy();
    const empty = await send(new Uint8Array(), BYTES.length);
    expect(empty.json.attachment).toMatchObject({ id: FILE_ID, size: BYTES.length });
    expect(await contentOf(FILE_ID)).toBe(sha256(BYTES));
    expect([await rows(), await onDisk()]).toEqual([[], 1]);
  });

  test("[CU2] of a part that is cut, what has arrived stays, and the upload goes on from there", async () => {
    const socket = hangingPart({ ...to(), sent: 180 * KB });
    await vi.waitFor(async () => expect((await where()).offset).toBeGreaterThan(100 * KB));
    socket.resetAndDestroy();
    const { offset } = await where();
    const rest = await send(BYTES.subarray(offset), offset);
    expect(rest.json.attachment).toMatchObject({ size: BYTES.length });
    expect(await contentOf(FILE_ID)).toBe(sha256(BYTES));
  });

  test("[CU9] a part takes over from the one before that hangs in a dead connection", async () => {
    const socket = hangingPart({ ...to(), sent: 180 * KB });
    await vi.waitFor(async () => expect((await where()).offset).toBeGreaterThan(100 * KB));
    const { offset } = await where();
    expect((await send(BYTES.subarray(offset), offset)).json.attachment).toMatchObject({ size: BYTES.length });
    expect(await contentOf(FILE_ID)).toBe(sha256(BYTES));
    socket.destroy();
  });

  test("[CU3] a part that overlaps does no harm, one that leaves a hole is a conflict", async () => {
    await send(BYTES.subarray(0, 100 * KB), 0);
    expect((await send(BYTES.subarray(50 * KB, 120 * KB), 50 * KB)).json.offset).toBe(120 * KB);
    expect((await send(BYTES.subarray(200 * KB), 200 * KB)).json).toMatchObject({ code: "conflict", field: "/offset" });
    expect((await send(BYTES.subarray(120 * KB), 120 * KB)).json.attachment).toMatchObject({ size: BYTES.length });
  });

  test("[CU4] bytes that are not those of the checksum are forgotten, and the upload can begin again", async () => {
    const wrong = await send(randomBytes(BYTES.length), 0, { sha256: sha256(BYTES) });
    expect(wrong.json).toMatchObject({ code: "conflict", field: "/sha256" });
    expect([(await where()).offset, await onDisk()]).toEqual([0, 0]);
    expect((await send(BYTES, 0, { sha256: sha256(BYTES) })).json.attachment).toMatchObject({ id: FILE_ID });
  });

  test("[CU5] the answer that was lost is given again; another's file, or another file, under the id is refused", async () => {
    const whole = await send(BYTES, 0);
    expect((await send(BYTES, 0)).json).toEqual(whole.json);
    expect((await where()).attachment).toEqual(whole.json.attachment);
    const bob = await edge.guest();
    edge.owners.set(ANOTHER, bob.customerId);
    expect((await send(BYTES, 0, { headers: bob.headers, conversation: ANOTHER })).json.code).toBe("id-reused");
    expect((await send(BYTES, 0, { headers: bob.headers })).json.code).toBe("not-found");
    const begun = { id: ANOTHER };
    await send(BYTES.subarray(0, KB), 0, begun);
    expect((await send(BYTES.subarray(0, KB), 0, { ...begun, size: 5 * KB })).json.code).toBe("id-reused");
    expect(await where(ANOTHER, bob.headers)).toMatchObject({ code: "not-found" });
  });

  test("[CU6] limits and looks are those of any file: 20 MB, no programs, nothing empty, parts of 2 MB", async () => {
    const MB = KB * KB;
    expect((await send(BYTES, 0, { size: 20 * MB + 1 })).json).toMatchObject({ code: "too-large", field: "/size" });
    expect((await send(BYTES, 0, { size: 0 })).json).toMatchObject({ code: "invalid", field: "/size" });
    for (const size of ["", "-1", "1e3", "x"])
      expect((await send(BYTES, 0, { size })).json).toMatchObject({ code: "invalid", field: "/size" });
    expect((await send(BYTES, BYTES.length + 1)).json).toMatchObject({ code: "invalid", field: "/offset" });
    expect((await send(BYTES, 0, { id: "../../etc/passwd" })).json).toMatchObject({ code: "invalid", field: "/id" });
    expect((await send(BYTES, 0, { sha256: "ABC" })).json).toMatchObject({ code: "invalid", field: "/sha256" });
    expect((await send(Buffer.alloc(2 * MB + 1), 0, { size: 3 * MB })).json.code).toBe("too-large");
    expect((await send(BYTES, 0, { id: ANOTHER, size: 10 })).json.code).toBe("too-large");
    const program = Buffer.concat([Buffer.from("MZ"), Buffer.alloc(200)]);
    const id = "0190a000-0000-7000-8000-0000000000f2";
    await send(program.subarray(0, 1), 0, { id, size: 202 });
    expect((await send(program.subarray(1), 1, { id, size: 202 })).json.code).toBe("type-refused");
    expect((await where(id)).offset).toBe(0);
  });

  test("[CU7] ten unfinished uploads are enough; one given up makes room, also one that is stored and not posted", async () => {
    const ids = Array.from({ length: 11 }, (_, index) => `0190a000-0000-7000-8000-0000000000${index + 10}`);
    for (const id of ids.slice(0, 10)) expect((await send(BYTES.subarray(0, 9), 0, { id })).status).toBe(200);
    expect((await send(BYTES.subarray(0, 9), 0, { id: ids[10] as string })).json.code).toBe("rate-limited");
    const giveUp = (id = "") =>
      edge.call("DELETE", `/conversations/${CONVERSATION}/uploads/${id}`, { headers: alice.headers });
    expect((await giveUp(ids[0])).status).toBe(204);
    expect((await send(BYTES, 0, { id: ids[10] as string })).json.attachment).not.toBeNull();
    expect(await onDisk()).toBe(10);
    expect((await giveUp(ids[10])).status).toBe(204);
    expect([await onDisk(), (await where(ids[10])).offset]).toEqual([9, 0]);
  });

  test("[CU8] what nobody went on with for a day is gone, what somebody did is not", async () => {
    await send(BYTES.subarray(0, KB), 0);
    await send(BYTES.subarray(0, KB), 0, { id: ANOTHER });
    edge.time.now += 23 * 3_600_000;
    // Access lives for minutes; the conversation is the customer's all the same.
    const { json } = await edge.call("POST", "/identity/resume", {
      body: { channelId: "0190a000-0000-7000-8000-0000000000c1", resumeSecret: alice.resumeSecret },
    });
    alice.headers.authorization = `Bearer ${json.accessToken}`;
    await send(BYTES.subarray(KB, 2 * KB), KB, { id: ANOTHER });
    edge.time.now += 3_600_001;
    expect(await edge.attachments.removeUnclaimed()).toBe(1);
    expect([(await rows()).map(({ id }) => id), await onDisk()]).toEqual([[ANOTHER], 1]);
  });
});

/** Sends the start of a part of `sent` bytes and then nothing more. */
function hangingPart(to: { address: string; path: string; authorization: string; sent: number }): Socket {
  const { hostname, port } = new URL(to.address);
  const field = (name: string, value: string | number) =>
    `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
  const head = [
    `POST /api/v1${to.path} HTTP/1.1`,
    `Host: ${hostname}`,
    `Authorization: ${to.authorization}`,
    "Content-Type: multipart/form-data; boundary=b",
    "Content-Length: 1000000",
  ].join("\r\n");
  const fields = field("id", FILE_ID) + field("size", BYTES.length) + field("offset", 0);
  const file = '--b\r\nContent-Disposition: form-data; name="file"; filename="plan.bin"\r\n\r\n';
  const socket = connectSocket(Number(port), hostname, () => {
    socket.write(`${head}\r\n\r\n${fields}${file}`);
    socket.write(BYTES.subarray(0, to.sent));
  });
  socket.on("error", () => {});
  socket.on("data", () => {});
  return socket;
}
