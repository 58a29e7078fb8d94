import { problem } from "@clew/contract/problems";
import { expect, test } from "vitest";
import { errorBelow, fieldErrors, pointerIntoSettings } from "./pointer.ts";
import { rebase } from "./rebase.ts";
import { same } from "./same.ts";

test("[AD3] after a conflict what was typed stays and the rest is what was saved meanwhile", () => {
  const read = { name: "Shop", look: { colour: "#111111", radius: 8 }, languages: ["en"] };
  const typed = { name: "Shop chat", look: { colour: "#111111", radius: 12 }, languages: ["en"] };
  const saved = { name: "Shop", look: { colour: "#222222", radius: 8 }, languages: ["en", "de"] };
  expect(rebase(read, typed, saved)).toEqual({
    name: "Shop chat",
    look: { colour: "#222222", radius: 12 },
    languages: ["en", "de"],
  });
});

test("[AD3] a list that was changed here stays whole", () => {
  expect(rebase({ a: [1, 2] }, { a: [2] }, { a: [1, 2, 3] })).toEqual({ a: [2] });
});

test("[AD3] an optional setting that was removed here stays removed", () => {
  expect(rebase<object>({ a: 1, b: 2 }, { a: 1 }, { a: 5, b: 2 })).toEqual({ a: 5 });
});

test("[AD4] a problem's field is shown at the setting it names", () => {
  expect(pointerIntoSettings("/settings/look/colour")).toBe("/look/colour");
  expect(pointerIntoSettings("/body/settings/name")).toBe("/name");
  expect(pointerIntoSettings("/settingsPage")).toBe("/settingsPage");
  const refused = problem("setting-refused", { field: "/settings/verification/on", reason: "verified-session-based" });
  expect(fieldErrors(refused, (p) => `because ${p.reason}`)).toEqual({
    "/verification/on": "because verified-session-based",
  });
});

test("[AD4] several fields of one problem are all shown, and a group knows of errors inside it", () => {
  const errors = fieldErrors(
    problem("invalid", { fields: { "/name": "too long", "/look/title/en": "missing" } }),
    () => "",
  );
  expect(errorBelow(errors, "/look")).toBe("missing");
  expect(errorBelow(errors, "/loo")).toBeUndefined();
});

test("[AD2] settings are unsaved only when a value differs", () => {
  expect(same({ a: 1, b: [{ c: 2 }] }, { b: [{ c: 2 }], a: 1 })).toBe(true);
  expect(same({ a: 1, b: undefined }, { a: 1 })).toBe(true);
  expect(same({ a: [1] }, { a: { 0: 1 } })).toBe(false);
});
