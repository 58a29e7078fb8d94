import type { ServerMessage } from "@clew/contract/stream";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { isRemembered } from "../ports-browser.ts";
import { serverSentEventsTransport } from "./server-sent-events.ts";

const PONG = JSON.stringify({ type: "pong", at: 0, now: 0 });
const DAY = 86_400_000;

/** As much of a WebSocket and of an EventSource as the transport uses; the newest can be asked for. */
class Wire {
  static all: Wire[] = [];
  readyState = 1;
  sent: string[] = [];
  closed = false;
  onopen = () => {};
  onmessage = (_event: { data: string }) => {};
  onclose = () => {};
  onerror = () => {};
  link = (_event: { data: string }) => {};
  readonly url: string;
  constructor(url: string) {
    this.url = url;
    Wire.all.push(this);
  }
  addEventListener(_link: string, listener: (event: { data: string }) => void) {
    this.link = listener;
  }
  send(text: string) {
    this.sent.push(text);
  }
  close() {
    this.closed = true;
  }
}

/** A link that has just heard something; each to a server of its own, because a page tries a WebSocket once for each. */
function carried(base: string, posted: Promise<Response> = Promise.resolve(new Response())) {
  const ended: (boolean | undefined)[] = [];
  const heard: ServerMessage[] = [];
  const transport = serverSentEventsTransport(Wire as never, () => posted, Wire as never);
  const open = () =>
    transport.open(base, {
      opened: () => undefined,
      message: (message) => heard.push(message),
      ended: (better) => ended.push(better),
    });
  const link = open();
  const source = Wire.all.at(-1) as Wire;
  source.link({ data: "id" });
  source.onmessage({ data: PONG });
  return { link, open, source, ended, heard, socket: Wire.all.at(-1) as Wire };
}

const kept = new Map<string, string>();
beforeEach(() => {
  kept.clear();
  Wire.all = [];
  vi.useFakeTimers();
  vi.stubGlobal("localStorage", {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
    removeItem: (key: string) => kept.delete(key),
  });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it("[CB5] what carried is remembered for a day, of that server alone", () => {
  carried("https://one.example");
  expect([isRemembered("https://one.example"), isRemembered("https://another.example")]).toEqual([true, false]);
  vi.advanceTimersByTime(DAY);
  expect(isRemembered("https://one.example")).toBe(false);
});

it("[CB5] where nothing may be stored, nothing is remembered and all goes on", () => {
  vi.stubGlobal("localStorage", undefined);
  const { heard } = carried("https://blocked.example");
  expect([heard.length, isRemembered("https://blocked.example")]).toEqual([1, null]);
});

it("[CB6] a WebSocket that carries something is gone over to, once all that was given is sent, and the memory goes", async () => {
  let answer = (_response: Response) => {};
  const { link, socket, source, ended } = carried(
    "https://two.example",
    new Promise((resolve) => {
      answer = resolve;
    }),
  );
  socket.onopen();
  expect(socket.sent.map((text) => JSON.parse(text).type)).toEqual(["ping"]);
  link.send({ type: "ping", at: 1 });
  socket.onmessage({ data: PONG });
  expect([socket.closed, isRemembered("https://two.example"), ended]).toEqual([true, false, []]);
  answer(new Response());
  await vi.waitFor(() => expect(ended).toEqual([true]));
  expect(source.closed).toBe(true);
});

it("[CB6] one that shakes hands and is silent, or that never opens, is let go of; nothing is tried twice", () => {
  const { socket, open, ended } = carried("https://three.example");
  socket.onopen();
  vi.advanceTimersByTime(15_000);
  expect([socket.closed, ended, isRemembered("https://three.example")]).toEqual([true, [], true]);
  open();
  const source = Wire.all.at(-1) as Wire;
  source.onmessage({ data: PONG });
  expect(Wire.all.at(-1)).toBe(source);
});
