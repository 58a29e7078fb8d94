import { existsSync } from "node:fs";
import { basename, join } from "node:path";
import { node, root } from "../setup/paths.mjs";
import { ensureScreens } from "../setup/screens.mjs";
import { capture } from "../setup/terminal.mjs";
import { codeProblems } from "./code-rules.ts";
import { cycleProblems } from "./cycles.ts";
import { fileLengths } from "./file-length.ts";
import { importProblems } from "./import-rules.ts";
import { PACKAGES, readSources, type Source } from "./sources.ts";
import { widgetSizes } from "./widget-size.ts";

export type Outcome = { problems: string[]; summary?: string };
export type Step = { name: string; run: () => Outcome | Promise<Outcome> };

/** All that must hold of the sources before the tests run. `npm run check -- imports` runs one of them. */
export const STEPS: Step[] = [
  { name: "types", run: types },
  { name: "style", run: () => program("node_modules/@biomejs/biome/bin/biome", "check", "--error-on-warnings", ".") },
  { name: "imports", run: () => ({ problems: importProblems(sources(), root) }) },
  { name: "cycles", run: () => ({ problems: cycleProblems(sources(), root) }) },
  { name: "rules", run: () => ({ problems: codeProblems(sources()) }) },
  { name: "length", run: () => fileLengths(root) },
  { name: "screens", run: screens },
  { name: "size", run: () => widgetSizes(join(root, "widget/dist")) },
];

let read: Source[] | undefined;
function sources(): Source[] {
  read ??= readSources(root);
  return read;
}

/** Each package on its own, then its sources alone without what only tests may know (Node, the test runner). */
async function types(): Promise<Outcome> {
  const projects = [
    "tsconfig.json",
    "examples/react/tsconfig.json",
    ...PACKAGES.flatMap((each) => [`${each}/tsconfig.json`, `${each}/tsconfig.pure.json`]),
  ];
  const problems: string[] = [];
  const present = projects.filter(
    (project) => basename(project) === "tsconfig.json" || existsSync(join(root, project)),
  );
  for (const project of present) {
    const outcome = await program("node_modules/typescript/bin/tsc", "--pretty", "false", "-p", project);
    problems.push(...outcome.problems);
  }
  return { problems: [...new Set(problems)], summary: `${present.length} projects` };
}

async function screens(): Promise<Outcome> {
  try {
    await ensureScreens();
    return { problems: [] };
  } catch (error) {
    return { problems: [error instanceof Error ? error.message : String(error)] };
  }
}

async function program(script: string, ...args: string[]): Promise<Outcome> {
  const { code, output } = await capture(node, [join(root, script), ...args]);
  return { problems: code === 0 ? [] : output.trim().split("\n") };
}
