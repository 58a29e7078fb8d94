import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { TcpProxy } from "./tcp-proxy.ts";

let server: Server;
let proxy: TcpProxy;
let accepted: Socket[];

/** The server answers every chunk in capital letters. */
beforeEach(async () => {
  accepted = [];
  server = createServer({ allowHalfOpen: true }, (socket) => {
    accepted.push(socket);
    socket.on("data", (chunk) => socket.write(String(chunk).toUpperCase()));
    socket.on("error", () => {});
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  proxy = await TcpProxy.to((server.address() as AddressInfo).port);
});

afterEach(async () => {
  await proxy.close();
  for (const socket of accepted) socket.destroy();
  await new Promise((resolve) => server.close(resolve));
});

class Caller {
  heard = "";
  readonly ended: Promise<string>;
  readonly socket: Socket;

  constructor(port: number) {
    this.socket = connect({ port, host: "127.0.0.1", allowHalfOpen: true });
    this.socket.on("data", (chunk) => {
      this.heard += chunk;
    });
    this.ended = new Promise((resolve) => {
      this.socket.on("end", () => resolve("end"));
      this.socket.on("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? "error"));
    });
  }

  say(text: string): void {
    this.socket.write(text);
  }

  async hears(text: string): Promise<void> {
    await expect.poll(() => this.heard, { timeout: 5_000, interval: 5 }).toBe(text);
  }
}

test("it carries both ways", async () => {
  const caller = new Caller(proxy.port);
  caller.say("hello");
  await caller.hears("HELLO");
  expect(proxy.connections).toBe(1);
});

test("a dropped connection is reset on both sides, and a new one works", async () => {
  const caller = new Caller(proxy.port);
  caller.say("a");
  await caller.hears("A");
  const lost = new Promise((resolve) => accepted[0]?.on("error", resolve));
  proxy.drop();
  expect(await caller.ended).toBe("ECONNRESET");
  expect(await lost).toMatchObject({ code: "ECONNRESET" });
  expect(proxy.connections).toBe(0);
  const next = new Caller(proxy.port);
  next.say("b");
  await next.hears("B");
});

test("a connection dropped with an end is told politely", async () => {
  const caller = new Caller(proxy.port);
  caller.say("a");
  await caller.hears("A");
  proxy.drop("end");
  expect(await caller.ended).toBe("end");
});

test("a stalled line loses nothing and keeps the order; who arrives meanwhile hangs until it carries again", async () => {
  const caller = new Caller(proxy.port);
  caller.say("a");
  await caller.hears("A");
  proxy.stall();
  caller.say("b");
  const late = new Caller(proxy.port);
  late.say("x");
  caller.say("c");
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect([caller.heard, late.heard]).toEqual(["A", ""]);
  await proxy.resume();
  await caller.hears("ABC");
  await late.hears("X");
});

test("when only the answers are stalled, what is asked arrives, and the answers come once it carries again", async () => {
  const caller = new Caller(proxy.port);
  caller.say("a");
  await caller.hears("A");
  proxy.stall("answers");
  const received = new Promise((resolve) => accepted[0]?.on("data", (chunk) => resolve(String(chunk))));
  caller.say("b");
  expect(await received).toBe("b");
  expect(caller.heard).toBe("A");
  await proxy.resume();
  await caller.hears("AB");
});

test("while it refuses, new callers are turned away and old ones go on; afterwards the same port answers", async () => {
  const old = new Caller(proxy.port);
  old.say("a");
  await old.hears("A");
  const { port } = proxy;
  await proxy.refuse();
  expect(await new Caller(port).ended).toBe("ECONNREFUSED");
  old.say("b");
  await old.hears("AB");
  await proxy.resume();
  const next = new Caller(port);
  next.say("c");
  await next.hears("C");
});

test("a delay holds for every chunk without piling up or changing the order", async () => {
  proxy.setDelay(300);
  const caller = new Caller(proxy.port);
  const began = Date.now();
  for (const letter of "abcdefgh") caller.say(letter);
  await caller.hears("ABCDEFGH");
  const took = Date.now() - began;
  expect(took).toBeGreaterThanOrEqual(550);
  // Eight that waited for one another would take 4,800.
  expect(took).toBeLessThan(2_400);
});

test("a half-closed line still carries the other way", async () => {
  const caller = new Caller(proxy.port);
  caller.say("a");
  await caller.hears("A");
  proxy.halfClose("client");
  expect(await caller.ended).toBe("end");
  const received = new Promise((resolve) => accepted[0]?.on("data", (chunk) => resolve(String(chunk))));
  caller.say("b");
  expect(await received).toBe("b");
});

test("a caller that ends has its end passed on", async () => {
  const caller = new Caller(proxy.port);
  caller.say("a");
  await caller.hears("A");
  const ended = new Promise((resolve) => accepted[0]?.on("end", () => resolve("end")));
  caller.socket.end();
  expect(await ended).toBe("end");
  accepted[0]?.end();
  await expect.poll(() => proxy.connections).toBe(0);
});

test("a server that is not there is a reset, not a hang", async () => {
  const elsewhere = await TcpProxy.to(1);
  expect(await new Caller(elsewhere.port).ended).toBe("ECONNRESET");
  await elsewhere.close();
});
