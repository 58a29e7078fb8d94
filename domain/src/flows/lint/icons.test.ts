import { OPTION_ICONS } from "@clew/contract/flows/words";
import { expect, test } from "vitest";
import { asking, finding, form, said } from "./testing/flows.ts";

const withIcon = (icon: string) =>
  form(asking([{ id: "why", kind: "choice", label: "Why?", options: [{ value: "a", label: "A", icon }] }]));

test("[FW6] an option has a picture of the closed list or none; another name is refused with the one that was meant", () => {
  for (const icon of OPTION_ICONS) expect(said(withIcon(icon))).toEqual([]);
  expect(finding(withIcon("tool"), "unknown-word")).toMatchObject({
    severity: "error",
    path: "/nodes/ask/components/0/options/0/icon",
    suggestion: 'did you mean "tools"?',
  });
});
