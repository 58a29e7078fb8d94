import { expect, test } from "vitest";
import { inLanguage, textIn } from "./fall-back.ts";

test("[P21] texts fall back from the exact tag to the base language, to English, to the first there is", () => {
  const texts = { fr: "salut", en: "hello", "de-AT": "servus", de: "hallo" };
  expect(["de-at", "de-CH", "es", "fr-FR"].map((language) => textIn(texts, language))).toEqual([
    "servus",
    "hallo",
    "hello",
    "salut",
  ]);
  expect(textIn({ ja: "どうも" }, "es")).toBe("どうも");
  expect(textIn({}, "es")).toBe("");
  expect(inLanguage({}, "es")).toBeUndefined();
});
