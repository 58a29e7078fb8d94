import type { Component, FieldComponent } from "@clew/contract/flows/components";
import { FIELD_KINDS } from "@clew/contract/flows/words";
import fc from "fast-check";
import { expect, test } from "vitest";
import { checkOneAnswer, checkScreen } from "./check.ts";
import { normalised } from "./normalise.ts";

const RUNS = { numRuns: 4_000 };
const SHOWN = fc.record({
  now: fc.constant(1_800_000_000_000),
  zone: fc.constantFrom("UTC", "Europe/Vienna", "Asia/Kathmandu", "Nowhere/None"),
  locale: fc.constantFrom("en", "de", "fr-CH", "ar", "ja", "", "not a tag"),
});
const COMPONENT = fc.record(
  {
    id: fc.constant("it"),
    kind: fc.constantFrom(...FIELD_KINDS),
    country: fc.constantFrom("AT", "US", "HU", "constructor"),
    format: fc.constantFrom("iban", "luhn", "postcode"),
    currencies: fc.constantFrom(["EUR"], ["JPY", "KWD"]),
    countries: fc.constantFrom(["AT"], ["GB", "US"]),
    multiple: fc.boolean(),
    other: fc.boolean(),
    numeric: fc.boolean(),
    max: fc.constantFrom<unknown>(3, "10", "2026-01-01", "PT1H"),
    maxLength: fc.integer({ min: 1, max: 20 }),
    required: fc.constantFrom<boolean | string>(true, "=it == 1", "=1/0"),
    visible: fc.constantFrom<boolean | string>(true, "=it != 'x'", "=nothing.of > 2"),
    options: fc.constant([{ value: "a", label: "A" }]),
    rules: fc.constantFrom(
      [{ rule: "pattern", value: "(a|b)*c{2,}" }],
      [{ rule: "min", value: "=it" }],
      [{ rule: "oneOf", value: ["a", 1] }],
    ),
  },
  { requiredKeys: ["id", "kind"] },
);
const TYPED = fc.oneof(
  fc.constantFrom(
    "0664 123",
    "+43 1 234567",
    "24.12.2026",
    "1,5",
    "-0",
    "٣",
    "9:5",
    "１２",
    "P1D",
    "1:30",
    "a@b.cd",
    "x".repeat(9_000),
  ),
  fc.string({ unit: "grapheme", maxLength: 60 }),
  fc.stringMatching(/^[-+0-9 .,:/TZPDHM]{0,24}$/),
);
const GIVEN = fc.oneof(
  TYPED,
  fc.jsonValue({ maxDepth: 3 }),
  fc.record({ amount: TYPED, currency: fc.constantFrom("EUR", "JPY", "KWD", "XXXX") }),
  fc.record({ line1: TYPED, city: TYPED, postcode: TYPED, country: fc.constantFrom("AT", "at", "", "GB") }),
);

test("[FS2] whatever is given, normalising does not throw, and once more changes nothing", () => {
  fc.assert(
    fc.property(COMPONENT, GIVEN, SHOWN, (component, given, shown) => {
      const field = component as unknown as FieldComponent;
      const once = normalised(field, given, shown);
      if ("value" in once) expect(normalised(field, once.value, shown)).toEqual(once);
    }),
    {
      ...RUNS,
      examples: [
        [{ id: "it", kind: "text", format: "iban" }, "-", { now: 1_800_000_000_000, zone: "UTC", locale: "en" }],
      ],
    },
  );
});

test("[FS2] whatever is given to a page, it is checked without throwing, and what it keeps is kept again", () => {
  fc.assert(
    fc.property(
      fc.array(COMPONENT, { maxLength: 3 }),
      fc.array(GIVEN, { minLength: 4, maxLength: 4 }),
      SHOWN,
      (some, given, shown) => {
        const components = [
          ...some.map((component, index) => ({ ...component, id: `f${index}` })),
          {
            id: "list",
            kind: "repeat",
            max: 2,
            components: [{ ...some[0], id: "inner", kind: some[0]?.kind ?? "text" }],
          },
        ] as unknown as Component[];
        const answers = {
          ...Object.fromEntries(given.map((value, index) => [`f${index}`, value])),
          list: given as never,
        };
        const once = checkScreen({ components } as never, answers, { it: 1 }, shown);
        if (once.ok) expect(checkScreen({ components } as never, once.values, { it: 1 }, shown)).toEqual(once);
      },
    ),
    RUNS,
  );
});

test("[FS2] whatever is written in answer to a question, it is checked without throwing", () => {
  fc.assert(
    fc.property(COMPONENT, TYPED, SHOWN, (component, text, shown) => {
      expect(checkOneAnswer(component as unknown as FieldComponent, text, shown)).toHaveProperty("ok");
    }),
    RUNS,
  );
});
