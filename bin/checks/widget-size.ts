import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { gzipSync } from "node:zlib";
import { readSource } from "./sources.ts";

/** What a page loads at once, what opening the chat adds, and what the first form of ordinary questions adds to that. */
const BUDGET = { loader: 3_000, "open chat": 35_000, form: 20_000 };

/** Files of forms that a page fetches only when it has the like, or that come after the form: `form-<name>-*.js`. */
const PART_BUDGET: Readonly<Record<string, number>> = {
  formulas: 4_000,
  functions: 6_500,
  fields: 4_200,
  files: 2_600,
  icons: 1_400,
  lists: 1_400,
  lookup: 1_900,
  more: 4_200,
  payments: 3_800,
  words: 2_300,
};

/** Gzip sizes of what a page loads at once, when the chat is opened, and when a form is. */
export function widgetSizes(dist: string): { problems: string[]; summary: string } {
  const names = existsSync(dist) ? readdirSync(dist) : [];
  const named = (name: RegExp) => names.filter((each) => name.test(each));
  const chat = named(/^chat-.+\.(js|css)$/);
  if (!names.includes("clew.js")) return { problems: [`${dist}/clew.js is missing: build the widget`], summary: "" };
  if (!chat.some((name) => name.endsWith(".js"))) {
    return { problems: [`${dist}/chat-*.js is missing: build the widget`], summary: "" };
  }
  const loader = withStaticImports(dist, ["clew.js"]);
  const opened = withStaticImports(dist, chat).filter((name) => !loader.includes(name));
  const before = [...loader, ...opened];
  // A form is opened in the conversation, whose views are there by then.
  const conversation = withStaticImports(dist, named(/^room-.+\.js$/));
  const form = withStaticImports(dist, named(/^forms-.+\.js$/)).filter((name) => !before.includes(name));
  const added = form.filter((name) => !conversation.includes(name));
  const sizes = { loader: gzipped(dist, loader), "open chat": gzipped(dist, opened), form: gzipped(dist, added) };
  const parts = named(/^form-.+\.js$/);
  const main = Object.keys(BUDGET) as (keyof typeof BUDGET)[];
  return {
    problems: [
      ...main
        .filter((part) => sizes[part] > BUDGET[part])
        .map((part) => `${part} is ${sizes[part]} bytes in gzip, more than ${BUDGET[part]}`),
      ...parts.flatMap((part) => partProblems(dist, part, [...before, ...form])),
    ],
    summary: [
      ...main.map((part) => `${part} ${(sizes[part] / 1_000).toFixed(1)} of ${BUDGET[part] / 1_000} kB`),
      ...parts.map((part) => `${part.replace(/-.{8}\.js$/, "")} ${(gzipped(dist, [part]) / 1_000).toFixed(1)}`),
    ].join(", "),
  };
}

/** A part has a budget of its own, and needs no file that has not come with the form: one could fail without the other. */
function partProblems(dist: string, part: string, there: readonly string[]): string[] {
  const budget = PART_BUDGET[part.split("-")[1] ?? ""];
  if (budget === undefined) return [`${part} has no budget: give it one in bin/checks/widget-size.ts`];
  const size = gzipped(dist, [part]);
  const besides = withStaticImports(dist, [part]).filter((name) => name !== part && !there.includes(name));
  return [
    ...(size > budget ? [`${part} is ${size} bytes in gzip, more than ${budget}`] : []),
    ...besides.map((name) => `${part} cannot be loaded without ${name}, which may not have come`),
  ];
}

/** What an entry imports at its top is loaded with it; what it imports on demand is not. */
function withStaticImports(dist: string, entries: string[]): string[] {
  const found = [...entries];
  for (const name of found) {
    if (!name.endsWith(".js")) continue;
    const { tree } = readSource(name, readFileSync(join(dist, name), "utf8"));
    for (const statement of tree.body as { type: string; source?: { value: string } | null }[]) {
      if (!statement.source) continue;
      const target = posix.join(posix.dirname(name), statement.source.value);
      if (!found.includes(target)) found.push(target);
    }
  }
  return found;
}

const gzipped = (dist: string, names: string[]): number =>
  names.reduce((sum, name) => sum + gzipSync(readFileSync(join(dist, name)), { level: 9 }).length, 0);
