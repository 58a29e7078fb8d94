import type { ClientMessage, ServerMessage } from "@clew/contract/stream";
import { describe, expect, it } from "vitest";
import { fakeClock } from "../testing/fake-clock.ts";
import { fakeRandom } from "../testing/fake-random.ts";
import { createConnection } from "./connection.ts";
import { firstThatOpens } from "./first-that-opens.ts";
import type { LinkListener, Transport } from "./transport.ts";

const WELCOME: ServerMessage = { type: "welcome", protocol: 1, epoch: "e", now: 0, connectionId: "c" };

/** What a network does with one way of connecting. */
type Way = "refuses" | "swallows" | "shakes hands" | "carries";

/** A connection over a network that does this with WebSockets and with server-sent events. */
function behind(ways: { websocket: Way; "server-sent-events": Way }, remembered = false) {
  const clock = fakeClock();
  const opened: string[] = [];
  const way = (name: keyof typeof ways): Transport => ({
    open(_base, listener) {
      opened.push(name);
      void Promise.resolve().then(() => answers(ways[name], listener));
      if (name === "server-sent-events") leave = () => listener.ended(true);
      const send = ({ type }: ClientMessage) => {
        if (ways[name] !== "carries") return;
        if (type === "hello") void Promise.resolve().then(() => listener.message(WELCOME));
        if (type === "ping") void Promise.resolve().then(() => listener.message({ type: "pong", at: 1e12, now: 0 }));
      };
      return { send, close: () => undefined };
    },
  });
  const connection = createConnection({
    base: "",
    ports: {
      clock,
      random: fakeRandom(3),
      hints: { online: () => true, visible: () => true, onWake: () => () => undefined },
      transport: firstThatOpens([way("websocket"), way("server-sent-events")], () => remembered),
    } as unknown as Parameters<typeof createConnection>[0]["ports"],
    delegate: {
      token: async () => ({ ok: true, value: null }),
      welcomed: () => connection.caughtUp(),
      message: () => undefined,
      lost: () => undefined,
      ended: () => undefined,
      changed: ({ name }) => {
        state = name;
      },
    },
  });
  let state = "";
  let leave = () => {};
  return { clock, connection, opened, ways, state: () => state, leave: () => leave() };
}

function answers(way: Way, listener: LinkListener): void {
  if (way === "refuses") listener.ended();
  if (way === "carries" || way === "shakes hands") listener.opened();
}

describe("where a network lets no WebSocket through", () => {
  it.each([
    { websocket: "refuses", within: 1_000, tries: 2 },
    { websocket: "swallows", within: 17_000, tries: 1 },
    { websocket: "shakes hands", within: 17_000, tries: 1 },
  ] as const)("[BA3] and $websocket it, the other way is found", async ({ websocket, within, tries }) => {
    const { clock, connection, opened, state } = behind({ websocket, "server-sent-events": "carries" });
    connection.start();
    await clock.advance(within);
    expect(state()).toBe("live");
    expect(opened).toEqual([...Array(tries).fill("websocket"), "server-sent-events"]);
    connection.stop("disposed");
  });

  it("[BA3] nor anything else, it goes round and round until one of them carries", async () => {
    const { clock, connection, opened, ways, state } = behind({
      websocket: "swallows",
      "server-sent-events": "swallows",
    });
    connection.start();
    await clock.advance(100_000);
    expect(state()).toBe("connecting");
    ways.websocket = "carries";
    await clock.advance(120_000);
    expect(state()).toBe("live");
    expect(opened.at(-1)).toBe("websocket");
    connection.stop("disposed");
  });

  it("[BA3] for a while, a way that has carried is not left for one that was not answered in time, nor for being let go of", async () => {
    const { clock, connection, opened, ways, state } = behind({
      websocket: "carries",
      "server-sent-events": "carries",
    });
    connection.start();
    await clock.advance(1_000);
    ways.websocket = "swallows";
    connection.resume();
    await clock.advance(40_000);
    ways.websocket = "carries";
    await clock.advance(60_000);
    expect(state()).toBe("live");
    expect(opened).not.toContain("server-sent-events");
    for (let time = 0; time < 9; time += 1) {
      ways.websocket = "swallows";
      connection.stop("idle");
      connection.start();
      await clock.advance(500);
    }
    ways.websocket = "carries";
    connection.stop("idle");
    connection.start();
    await clock.advance(1_000);
    expect(new Set(opened)).toEqual(new Set(["websocket"]));
    connection.stop("disposed");
  });

  it("[CB5] [CB6] the way that carried of late is begun with, and left for the other when that carries again", async () => {
    const { clock, connection, opened, ways, state, leave } = behind(
      { websocket: "swallows", "server-sent-events": "carries" },
      true,
    );
    connection.start();
    await clock.advance(1_000);
    expect([state(), opened]).toEqual(["live", ["server-sent-events"]]);
    ways.websocket = "carries";
    leave();
    await clock.advance(1_000);
    expect([state(), opened]).toEqual(["live", ["server-sent-events", "websocket"]]);
    connection.stop("disposed");
  });
});
