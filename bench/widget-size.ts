import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { widgetSizes } from "../bin/checks/widget-size.ts";

/** What the widget weighs in gzip: every file of the build, then the budgets that `npm run check -- size` holds it to. */
const DIST = join(import.meta.dirname, "../widget/dist");

const { problems, summary } = widgetSizes(DIST);
const files = existsSync(DIST) ? readdirSync(DIST).filter((name) => /\.(js|css)$/.test(name)) : [];
const sizes = files
  .map((name) => {
    const text = readFileSync(join(DIST, name));
    return { name, bytes: text.length, gzip: gzipSync(text, { level: 9 }).length };
  })
  .sort((a, b) => b.gzip - a.gzip);

const kilo = (bytes: number) => (bytes / 1_000).toFixed(1).padStart(8);
const width = Math.max(4, ...sizes.map(({ name }) => name.length));
console.log(`${"file".padEnd(width)}       kB  gzip kB`);
for (const { name, bytes, gzip } of sizes) console.log(`${name.padEnd(width)} ${kilo(bytes)} ${kilo(gzip)}`);
if (summary) console.log(`\n${summary}`);
for (const problem of problems) console.error(problem);
process.exitCode = problems.length > 0 ? 1 : 0;
