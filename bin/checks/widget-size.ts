import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { gzipSync } from "node:zlib";
import { readSource } from "./sources.ts";

/** `form` is what opening a form of a flow loads besides: the renderer, and the formulas and checks of the server. */
const BUDGET = { loader: 3_000, "open chat": 35_000, form: 36_000 };

/** Gzip sizes of what a page loads at once, and of what it loads when the chat is opened. */
export function widgetSizes(dist: string): { problems: string[]; summary: string } {
  const names = existsSync(dist) ? readdirSync(dist) : [];
  const chat = names.filter((name) => /^chat-.+\.(js|css)$/.test(name));
  if (!names.includes("clew.js")) return { problems: [`${dist}/clew.js is missing: build the widget`], summary: "" };
  if (!chat.some((name) => name.endsWith(".js"))) {
    return { problems: [`${dist}/chat-*.js is missing: build the widget`], summary: "" };
  }
  const loader = withStaticImports(dist, ["clew.js"]);
  const opened = withStaticImports(dist, chat).filter((name) => !loader.includes(name));
  const forms = names.filter((name) => /^forms-.+\.js$/.test(name));
  const filled = withStaticImports(dist, forms).filter((name) => !loader.includes(name) && !opened.includes(name));
  const sizes = { loader: gzipped(dist, loader), "open chat": gzipped(dist, opened), form: gzipped(dist, filled) };
  const parts = Object.keys(BUDGET) as (keyof typeof BUDGET)[];
  return {
    problems: parts
      .filter((part) => sizes[part] > BUDGET[part])
      .map((part) => `${part} is ${sizes[part]} bytes in gzip, more than ${BUDGET[part]}`),
    summary: parts
      .map((part) => `${part} ${(sizes[part] / 1_000).toFixed(1)} of ${BUDGET[part] / 1_000} kB`)
      .join(", "),
  };
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
