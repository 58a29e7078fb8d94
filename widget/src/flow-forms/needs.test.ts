import type { Component } from "@clew/contract/flows/components";
import { FIELD_KINDS } from "@clew/contract/flows/words";
import { beforeEach, expect, test, vi } from "vitest";

const SHOWN = { now: 1_800_000_000_000, zone: "UTC", locale: "en" };
/** An answer of each kind that is not blank. */
const ANSWERS: Record<string, unknown> = {
  address: { line1: "Ring 1", city: "Wien" },
  boolean: true,
  choice: "a",
  consent: true,
  date: "2026-12-24",
  datetime: "2026-12-24T12:00:00Z",
  duration: "PT1H",
  email: "ines@example.com",
  file: { id: "f", name: "a.pdf", size: 1, type: "application/pdf" },
  money: { amount: "1", currency: "EUR" },
  number: 1,
  payment: { token: "tok_1", amount: { amount: "1", currency: "EUR" } },
  rating: 3,
  signature: { name: "Ines" },
  time: "09:05",
};

// Each case begins as a page of a browser does: with nothing fetched.
beforeEach(() => vi.resetModules());

/** What the page is checked to after its needs, and nothing else, were fetched. */
async function checked(component: object, value: unknown) {
  const [{ needsOf }, { PARTS }, { checkPage }] = await Promise.all([
    import("./needs.ts"),
    import("./parts.ts"),
    import("@clew/domain/flows/screens/page"),
  ]);
  const components = [{ id: "it", ...component }] as unknown as Component[];
  const needs = needsOf(components);
  for (const name of needs) await PARTS[name].fetch();
  return { needs, page: checkPage(components, { it: value }, { scope: {}, shown: SHOWN }) };
}

test.each(FIELD_KINDS)("[FS27] a page with %s fetches what checks it", async (kind) => {
  const options = [{ value: "a", label: "A" }];
  const value = ANSWERS[kind] ?? "some";
  const { page } = await checked({ kind, ...(kind === "choice" ? { options } : {}), min: 1, max: 5 }, value);
  expect(page.fields.get("it")).toBeDefined();
});

test.each([
  [{ kind: "text", format: "iban" }, "AT611904300234573201"],
  [{ kind: "text", format: "luhn" }, "79927398713"],
  [{ kind: "text", format: "postcode" }, "1010"],
  [{ kind: "text", rules: [{ rule: "iban" }] }, "AT611904300234573201"],
  [{ kind: "text", rules: [{ rule: "postcode" }] }, "1010"],
  [{ kind: "text", rules: [{ rule: "pattern", value: "s.*" }] }, "some"],
  [{ kind: "text", rules: [{ rule: "formula", value: "=startsWith(it, 's')" }] }, "some"],
  [{ kind: "text", required: "=size(it) > 0" }, "some"],
  [{ kind: "text", visible: "=[1, 2].filter(x, x > 1).size() == 1" }, "some"],
  [{ kind: "date", min: "=plus(today(), 'P1D')" }, "2030-01-01"],
  [{ kind: "repeat", components: [{ id: "in", kind: "time", required: true }] }, [{ in: "9:05" }]],
  [{ kind: "text", label: { en: "{{upper('x')}}" } }, "some"],
])("[FS27] a page with %j fetches what its rules and formulas call", async (component, value) => {
  const { page } = await checked(component, value);
  expect(page.problems).toEqual({});
  expect(page.fields.get("it")?.value).not.toBeNull();
});

test("[FS27] ordinary questions need nothing besides, conditions only the language, and text is no formula", async () => {
  const needs = async (component: object) => (await checked(component, "some")).needs;
  expect(await needs({ kind: "text", label: "Call me (soon)", required: true, maxLength: 20 })).toEqual([]);
  expect(await needs({ kind: "email", visible: "=it != 'x' && isEmpty(other)" })).toEqual(["formulas"]);
  expect(await needs({ kind: "text", hint: "Until {{today()}}" })).toEqual(["formulas", "functions"]);
});

test("[FS27] what was not fetched is an error, never a check that passes", async () => {
  const { checkPage } = await import("@clew/domain/flows/screens/page");
  const check = (component: object, it: unknown) => () =>
    checkPage([{ id: "it", ...component }] as unknown as Component[], { it }, { scope: {}, shown: SHOWN });
  expect(check({ kind: "money" }, "1")).toThrow("not loaded");
  expect(check({ kind: "text", rules: [{ rule: "iban" }] }, "x")).toThrow("not loaded");
  expect(check({ kind: "text", rules: [{ rule: "pattern", value: "x" }] }, "x")).toThrow("not loaded");
  expect(check({ kind: "text", visible: "=true" }, "x")).toThrow("not loaded");
});
