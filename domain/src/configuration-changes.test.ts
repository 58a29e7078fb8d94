import { describe, expect, test } from "vitest";
import { configurationChanges } from "./configuration-changes.ts";

describe("[CF16] the difference of two settings", () => {
  test("of equal settings is empty, in whatever order their properties stand", () => {
    expect(configurationChanges({ a: 1, b: { c: [1, 2] } }, { b: { c: [1, 2] }, a: 1 })).toEqual([]);
    expect(configurationChanges({ a: undefined }, {})).toEqual([]);
  });

  test("names each place by a JSON pointer", () => {
    const before = { name: "Shop", look: { radius: 4, "a/b~c": 1 }, hoursId: null };
    const after = { name: "Shop", look: { radius: 8, "a/b~c": 2 }, hoursId: "h" };
    expect(configurationChanges(before, after)).toEqual([
      { path: "/look/radius", before: 4, after: 8 },
      { path: "/look/a~1b~0c", before: 1, after: 2 },
      { path: "/hoursId", before: null, after: "h" },
    ]);
  });

  test("tells what came and went", () => {
    expect(configurationChanges({ hint: { en: "x" } }, { hint: { de: "y" } })).toEqual([
      { path: "/hint/en", before: "x", after: null },
      { path: "/hint/de", before: null, after: "y" },
    ]);
    expect(configurationChanges(null, { a: 1 })).toEqual([{ path: "", before: null, after: { a: 1 } }]);
  });

  const field = (key: string, required = true) => ({ key, required });

  test("compares questions by their key: one put in front is one line", () => {
    const before = { fields: [field("name"), field("email")] };
    const after = { fields: [field("topic"), field("name"), field("email", false)] };
    expect(configurationChanges(before, after)).toEqual([
      { path: "/fields/0", before: null, after: field("topic") },
      { path: "/fields/2/required", before: true, after: false },
    ]);
  });

  test("tells a removed question by the place it had", () => {
    const before = { fields: [field("name"), field("email"), field("topic")] };
    expect(configurationChanges(before, { fields: [field("name"), field("topic")] })).toEqual([
      { path: "/fields/1", before: field("email"), after: null },
    ]);
    expect(configurationChanges(before, { fields: [] }).map((change) => change.path)).toEqual([
      "/fields/0",
      "/fields/1",
      "/fields/2",
    ]);
  });

  test("tells both orders when questions only changed places", () => {
    const before = { fields: [field("name"), field("email")] };
    expect(configurationChanges(before, { fields: [field("email"), field("name")] })).toEqual([
      { path: "/fields", before: ["name", "email"], after: ["email", "name"] },
    ]);
  });

  test("takes lists of plain values, and of things without a name, as one", () => {
    expect(configurationChanges({ languages: ["en"] }, { languages: ["en", "de"] })).toEqual([
      { path: "/languages", before: ["en"], after: ["en", "de"] },
    ]);
    const [one, two] = [[{ from: 1, to: 2 }], [{ from: 1, to: 3 }]];
    expect(configurationChanges({ week: [one] }, { week: [two] })).toEqual([
      { path: "/week", before: [one], after: [two] },
    ]);
    expect(configurationChanges({ week: [one] }, { week: [[{ to: 2, from: 1 }]] })).toEqual([]);
  });

  test("takes lists in which a name stands twice as one", () => {
    const twice = [field("name"), field("name")];
    expect(configurationChanges({ fields: twice }, { fields: [field("name")] })).toEqual([
      { path: "/fields", before: twice, after: [field("name")] },
    ]);
  });
});
