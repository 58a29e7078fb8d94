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
