import { MAX_PART_BYTES } from "@clew/contract/limits";
import { describe, expect, it } from "vitest";
import { createHttp } from "../http.ts";
import type { Ports, SendFile } from "../ports.ts";
import type { Upload } from "../state.ts";
import { fakeClock, settle } from "../testing/fake-clock.ts";
import { memoryStorage } from "../testing/memory-storage.ts";
import type { KeptUpload } from "./kept-upload.ts";
import { createUploads } from "./uploads.ts";

const ID = "0190a000-0000-7000-8000-0000000000f1";
const CONVERSATION = "0190a000-0000-7000-8000-00000000c0de";

const NO_TOKEN = { type: "", code: "unauthenticated", status: 401, title: "", retry: "no" };

/** A server that keeps what has arrived of each file, behind a network that lets `left` bytes through before it is cut. */
function world(left = Number.POSITIVE_INFINITY) {
  const clock = fakeClock();
  const files = new Map<string, Blob>();
  const network = { left, down: false, hangs: false, knowsUs: true };
  const parts: { offset: number; size: number }[] = [];
  const calls: string[] = [];
  const disk = new Map<string, unknown>();
  const attachment = (id: string, size: number) => ({ id, name: "plan.bin", type: "application/octet-stream", size });

  const answer = (status: number, body: unknown) =>
    new Response(body === null ? null : JSON.stringify(body), { status });
  const fetcher = async (url: string | URL | Request, init?: RequestInit): Promise<Response> => {
    if (network.down) throw new Error("no network");
    const id = String(url).split("/").at(-1) ?? "";
    calls.push(`${init?.method} ${id}`);
    if (!network.knowsUs) return answer(401, NO_TOKEN);
    if (init?.method === "DELETE") {
      files.delete(id);
      return answer(204, null);
    }
    return answer(200, { id, offset: files.get(id)?.size ?? 0, attachment: null });
  };
  const sendFile: SendFile = async ({ form, onAbort }) => {
    if (network.down) return { status: 0, body: null };
    const id = String(form.get("id"));
    const [offset, size] = [Number(form.get("offset")), Number(form.get("size"))];
    const sent = form.get("file") as File;
    parts.push({ offset, size: sent.size });
    if (network.hangs) return new Promise((resolve) => onAbort(() => resolve({ status: 0, body: null })));
    const held = files.get(id) ?? new Blob();
    const arrives = Math.min(sent.size, network.left);
    network.left -= arrives;
    files.set(id, new Blob([held.slice(0, offset), sent.slice(0, arrives)]));
    if (arrives < sent.size) {
      network.down = true;
      return { status: 0, body: null };
    }
    const done = offset + sent.size === size;
    return { status: 200, body: { id, offset: offset + sent.size, attachment: done ? attachment(id, size) : null } };
  };

  /** The uploads of one life of the tab, with what they show. */
  function tab() {
    const shown: { list: readonly Upload[] } = { list: [] };
    const uploads = createUploads({
      ports: { clock, sendFile } as unknown as Ports,
      http: createHttp({ server: "https://chat.example", fetch: fetcher as typeof fetch, credentials: "omit", clock }),
      storage: memoryStorage(disk, "durable"),
      withCookies: false,
      headers: async () => ({}),
      changed: (list) => {
        shown.list = list;
      },
    });
    return { uploads, shown };
  }
  return { clock, files, network, parts, calls, disk, tab };
}

const bytes = (size: number) => new Uint8Array(size).map((_, index) => (index * 31) % 251);
const kept = (size: number): KeptUpload => ({
  id: ID,
  conversationId: CONVERSATION,
  name: "plan.bin",
  type: "",
  file: new Blob([bytes(size)]),
});
const sameBytes = async (stored: Blob | undefined, size: number) =>
  Buffer.from(await (stored ?? new Blob()).arrayBuffer()).equals(bytes(size));

describe("uploads", () => {
  it("[CU10] go in parts, and a small file in one", async () => {
    const { tab, parts, files } = world();
    const size = 2 * MAX_PART_BYTES + 5;
    const { uploads, shown } = tab();
    expect(await uploads.add(kept(size))).toMatchObject({ state: "stored", attachment: { id: ID } });
    expect(parts.map(({ offset }) => offset)).toEqual([0, MAX_PART_BYTES, 2 * MAX_PART_BYTES]);
    expect(await sameBytes(files.get(ID), size)).toBe(true);
    expect(shown.list).toMatchObject([{ state: "stored", sent: size }]);
    const small = world();
    await small.tab().uploads.add(kept(10));
    expect(small.parts).toEqual([{ offset: 0, size: 10 }]);
  });

  it("[CU11] that are cut at 60 % go on from what has arrived, with nothing sent twice", async () => {
    const size = MAX_PART_BYTES + 1_000_000;
    const cut = Math.floor(size * 0.6);
    const { tab, network, parts, clock, files } = world(cut);
    const { uploads, shown } = tab();
    const end = uploads.add(kept(size));
    await settle();
    expect(shown.list).toMatchObject([{ state: "uploading" }]);
    Object.assign(network, { left: Number.POSITIVE_INFINITY, down: false });
    await clock.advance(2_000);
    expect(await end).toMatchObject({ state: "stored" });
    expect(parts.map(({ offset }) => offset)).toEqual([0, cut, cut + MAX_PART_BYTES].slice(0, parts.length));
    expect(parts.length).toBeGreaterThan(1);
    expect(await sameBytes(files.get(ID), size)).toBe(true);
  });

  it("[CU12] of a tab that died go on in the next", async () => {
    const size = 1_000_000;
    const { tab, network, parts, files } = world(600_000);
    void tab().uploads.add(kept(size));
    await settle();
    Object.assign(network, { left: Number.POSITIVE_INFINITY, down: false });
    expect(await tab().uploads.add(kept(size))).toMatchObject({ state: "stored" });
    expect(parts.map(({ offset }) => offset)).toEqual([0, 600_000]);
    expect(await sameBytes(files.get(ID), size)).toBe(true);
  });

  it("[CU13] ask a person after four tries that came no further, and go on by themselves when the server is back", async () => {
    const { tab, network, clock } = world();
    network.down = true;
    const { uploads, shown } = tab();
    const end = uploads.add(kept(10));
    await clock.advance(60_000);
    expect(await end).toMatchObject({ state: "failed", problem: { code: "unavailable" } });
    network.down = false;
    uploads.opened();
    await clock.advance(1);
    await settle();
    expect(shown.list).toMatchObject([{ state: "stored" }]);
  });

  it("[RC31] without access wait for it: they may be tried again, and go on by themselves when it is there", async () => {
    const { tab, network, clock } = world();
    network.knowsUs = false;
    const { uploads, shown } = tab();
    const end = uploads.add(kept(10));
    await clock.advance(60_000);
    expect(await end).toMatchObject({ state: "failed", problem: { code: "unauthenticated", retry: "later" } });
    network.knowsUs = true;
    uploads.opened();
    await clock.advance(1);
    await settle();
    expect(shown.list).toMatchObject([{ state: "stored" }]);
  });

  it("[CU14] that are taken back are given up on the server, too", async () => {
    const { tab, network, files, calls, clock, disk } = world(100);
    const { uploads, shown } = tab();
    void uploads.add(kept(1_000));
    await settle();
    expect(files.get(ID)?.size).toBe(100);
    Object.assign(network, { left: Number.POSITIVE_INFINITY, down: false });
    uploads.remove(ID);
    await clock.advance(60_000);
    expect([shown.list, files.size, calls.at(-1), disk.size]).toEqual([[], 0, `DELETE ${ID}`, 0]);
  });

  it("[CU15] over a connection that carries nothing any more are cut and go on over another", async () => {
    const { tab, network, parts, clock } = world();
    const { uploads } = tab();
    network.hangs = true;
    const end = uploads.add(kept(1_000));
    await settle();
    network.hangs = false;
    await clock.advance(40_000);
    expect(await end).toMatchObject({ state: "stored" });
    expect(parts).toHaveLength(2);
  });
});
