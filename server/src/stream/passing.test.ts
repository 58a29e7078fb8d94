import type { ConversationState } from "@clew/domain/conversations/state";
import { expect, test } from "vitest";
import type { Hub } from "./hub.ts";
import type { Listener } from "./listener.ts";
import { PassingMessages } from "./passing.ts";

/** How a conversation's customer is told to have come, of whom their device knew this much. */
function arrival({ subject, holdsCopy }: { subject: string | null; holdsCopy: boolean }): string[] {
  const came: string[] = [];
  const connection = { caller: { who: "customer" } } as unknown as Listener;
  const hub = { readersOf: () => [connection], pass: () => undefined } as unknown as Hub;
  const nothing = () => undefined;
  const passing = new PassingMessages({
    hub,
    configuration: () => {
      throw new Error("not asked");
    },
    agentConnected: nothing,
    staffArrived: nothing,
    customerConnected: (_state, how) => came.push(how),
    customerDisconnected: nothing,
    queuePlace: nothing,
  });
  const state = { snapshot: { id: "a", session: null, customer: { subject } } } as unknown as ConversationState;
  passing.subscribed(connection, state, holdsCopy);
  return came;
}

test("[RC28] who signed in where nothing was kept came by the prompt; whose device goes on from its copy did not", () => {
  expect(arrival({ subject: "ana-17", holdsCopy: false })).toEqual(["prompt"]);
  expect(arrival({ subject: "ana-17", holdsCopy: true })).toEqual(["same-browser"]);
});

test("[RC28] a guest is never asked: without a copy, the browser is still the same", () => {
  expect(arrival({ subject: null, holdsCopy: false })).toEqual(["same-browser"]);
});

test("[AV5] of two devices that come at the same time the first is told of, and only the last to go", () => {
  const told: string[] = [];
  const devices = [1, 2, 3].map(() => ({ caller: { who: "customer" } }) as unknown as Listener);
  const [first, second, dead] = devices as [Listener, Listener, Listener];
  // Both read the conversation before either has been told where it stands; one has closed by then.
  const readers = new Set([first, second]);
  const passing = new PassingMessages({
    hub: { readersOf: () => readers, pass: () => undefined } as unknown as Hub,
    configuration: () => {
      throw new Error("not asked");
    },
    agentConnected: () => undefined,
    staffArrived: () => undefined,
    customerConnected: () => told.push("came"),
    customerDisconnected: () => told.push("went"),
    queuePlace: () => undefined,
  });
  const state = { snapshot: { id: "a", session: null, customer: { subject: null } } } as unknown as ConversationState;
  for (const device of [first, second, dead]) passing.subscribed(device, state, true);
  expect(told).toEqual(["came"]);
  passing.unsubscribed(first, "a");
  expect([told, passing.hasCustomer("a")]).toEqual([["came"], true]);
  passing.unsubscribed(second, "a");
  expect([told, passing.hasCustomer("a")]).toEqual([["came", "went"], false]);
});
