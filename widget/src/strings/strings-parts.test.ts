import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { asking } from "./en-asking.ts";
import { later } from "./en-extras.ts";
import { surveying } from "./en-survey.ts";

const SRC = join(import.meta.dirname, "..");

/** The files that come with one, by what it imports at its top. */
function comingWith(entry: string): Map<string, string> {
  const found = new Map<string, string>();
  const open = [join(SRC, entry)];
  for (let path = open.pop(); path; path = open.pop()) {
    if (found.has(path) || !/\.tsx?$/.test(path) || !existsSync(path)) continue;
    const text = readFileSync(path, "utf8");
    if (!path.includes("/strings/")) found.set(path, text);
    for (const [, target = ""] of text.matchAll(/^(?:import (?!type )|export (?!type )|\} )[^;]*?from "(\.[^"]+)";$/gm))
      open.push(join(dirname(path), target));
  }
  return found;
}

const CHAT = comingWith("chat.ts");

test.each([
  ["conversation/extras-part.ts", later],
  ["pre-chat/questions-part.ts", { ...asking, ...surveying }],
])("[W20] English sentences that come with %s are said by nothing that is there without it", (part, sentences) => {
  const own = comingWith(part);
  const early = [
    CHAT,
    ...["conversation/room-part.ts", "conversation/extras-part.ts", "pre-chat/questions-part.ts"]
      .filter((other) => other !== part)
      .map(comingWith),
  ];
  expect(own.size).toBeGreaterThan(3);
  expect(CHAT.size).toBeGreaterThan(20);
  const said = (files: Map<string, string>, key: string) =>
    [...files].flatMap(([path, text]) => (new RegExp(`["'\`]${key}["'\`]`).test(text) ? [path] : []));
  const lost = Object.keys(sentences).flatMap((key) =>
    early.flatMap((files) => said(files, key).map((path) => `${path.slice(SRC.length + 1)} says ${key}`)),
  );
  expect(lost).toEqual([]);
});
