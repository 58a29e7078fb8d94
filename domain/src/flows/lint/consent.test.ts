import { expect, test } from "vitest";
import { asking, finding, form } from "./testing/flows.ts";

test("[BB8] a consent that says nothing is warned of", () => {
  const consent = { id: "agreed", kind: "consent", textId: "terms", textVersion: 2 };
  const path = "/nodes/ask/components/0";
  expect(finding(form(asking([consent])), "missing-field")).toMatchObject({ severity: "warning", path });
  for (const words of [{ text: "You keep my address." }, { label: "You may keep my address" }])
    expect(finding(form(asking([{ ...consent, ...words }])), "missing-field")).toBeUndefined();
});
