import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { contrast, DARK_SURFACE, LIGHT_SURFACE, legible, textOn } from "./colour.ts";
import { tokensOf } from "./look.ts";

const colour = fc.integer({ min: 0, max: 0xffffff }).map((value) => `#${value.toString(16).padStart(6, "0")}`);

describe("colours", () => {
  it("[W60] text on any brand colour is readable", () => {
    fc.assert(
      fc.property(colour, (background) => {
        expect(contrast(textOn(background, null), background)).toBeGreaterThanOrEqual(4.5);
      }),
    );
  });

  it("[W60] a text colour that the administrator chose counts only when it can be read", () => {
    expect(textOn("#3a4fe0", "#ffffff")).toBe("#ffffff");
    expect(textOn("#ffffff", "#fefefe")).toBe("#000000");
  });

  it("[W61] any brand colour becomes readable on both surfaces and one that is readable stays", () => {
    fc.assert(
      fc.property(colour, fc.constantFrom(LIGHT_SURFACE, DARK_SURFACE), (brand, surface) => {
        expect(contrast(legible(brand, surface), surface)).toBeGreaterThanOrEqual(4.5);
      }),
    );
    expect(legible("#1b4fa8", LIGHT_SURFACE)).toBe("#1b4fa8");
  });

  it("[W61] buttons stand out from the window in both schemes, whatever the brand colour", () => {
    fc.assert(
      fc.property(colour, fc.boolean(), (brand, dark) => {
        const tokens = tokensOf({ colour: brand, colourText: null, radius: 8, font: null }, dark);
        expect(contrast(tokens["--accent"] as string, dark ? DARK_SURFACE : LIGHT_SURFACE)).toBeGreaterThanOrEqual(3);
        expect(contrast(tokens["--on-accent"] as string, tokens["--accent"] as string)).toBeGreaterThanOrEqual(4.5);
      }),
    );
  });
});
