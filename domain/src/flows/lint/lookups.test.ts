import { expect, test } from "vitest";
import { agentScreen, asking, background, END, form, said } from "./testing/flows.ts";

test("[FA34] addresses are looked up in a customer's form only, never for a secret, and by a connector that allows it", () => {
  const home = { id: "home", kind: "address", label: "Home", lookup: "places" };
  const world = (methods: string[], name = "places") =>
    ({ connectors: new Map([[name, { methods, refusalOf: () => null }]]) }) as never;
  const known = world(["POST"]);
  const at = "/nodes/ask/components/0/lookup";
  expect(said(form(asking([home])), known)).toEqual([]);
  expect(said(form(asking([{ ...home, privacy: "secret" }])), known)).toEqual([`error not-for-kind ${at}`]);
  expect(said(agentScreen(asking([home])), known)).toEqual([`error not-for-kind ${at}`]);
  const question = {
    type: "ask",
    text: "Where?",
    expect: home,
    within: "PT1H",
    next: "end",
    gaveUp: "end",
    timeout: "end",
  };
  expect(said(background({ ask: question, end: END }), known)).toEqual(["error not-for-kind /nodes/ask/expect/lookup"]);
  expect(said(form(asking([home])), world(["GET"]))).toEqual([`error not-allowed ${at}`]);
  expect(said(form(asking([home])), world(["POST"], "other"))).toEqual([`error unknown-name ${at}`]);
});
