import { expect, test } from "vitest";
import { asking, finding, form } from "./testing/flows.ts";

const worldOf = (...flows: Record<string, unknown>[]) => ({
  flows: new Map(flows.map((flow) => [String(flow.key), flow])),
  live: new Set(flows.map(({ key }) => String(key))),
});

test("[BB13] a version of a consent's words stands for one wording", () => {
  const asks = (key: string, more: object) =>
    form(asking([{ id: "agreed", kind: "consent", textId: "terms", textVersion: 2, label: "Terms", ...more }]), {
      key,
    });
  const world = worldOf(asks("a.form", { text: "You keep my address." }));
  const told = (key: string, more: object) => finding(asks(key, more), "name-taken", world);
  expect(told("b.form", { text: "You sell my address." })).toMatchObject({
    severity: "warning",
    path: "/nodes/ask/components/0/textVersion",
  });
  expect(told("b.form", {})?.message).toContain("a.form");
  expect(told("a.form", { text: "You sell my address." })).toBeDefined();
  expect(told("b.form", { text: "You keep my address." })).toBeUndefined();
  expect(told("b.form", { text: "You sell my address.", textVersion: 3 })).toBeUndefined();
  expect(told("b.form", { text: "You sell my address.", textId: "privacy" })).toBeUndefined();
});
