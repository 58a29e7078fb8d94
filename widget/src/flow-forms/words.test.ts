import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { later } from "./words/en-more.ts";

const HERE = import.meta.dirname;

/** The files of the part that comes after the form, by what it gives out. */
const MORE = readFileSync(join(HERE, "more-part.ts"), "utf8");

test("[FS27] English words that come with what nobody needs at first sight are said by nothing that is there without it", () => {
  const inPart = [...MORE.matchAll(/from "\.\/([\w-]+\.tsx)"/g)].map(([, file]) => file);
  expect(inPart.length).toBeGreaterThan(5);
  const inParts = [...inPart, "left-unsent.tsx"];
  const early = readdirSync(HERE).filter((file) => file.endsWith(".tsx") && !inParts.includes(file));
  expect(early.length).toBeGreaterThan(10);
  const said = early.flatMap((file) => {
    const text = readFileSync(join(HERE, file), "utf8");
    return Object.keys(later).flatMap((word) =>
      new RegExp(`(say\\("|words\\.|\\? "|: ")${word}\\b`).test(text) ? [`${file} says ${word}`] : [],
    );
  });
  expect(said).toEqual([]);
});
