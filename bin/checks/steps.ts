import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
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

const TSC = "node_modules/typescript/bin/tsc";
/** Half a gigabyte each. */
const MOST_COMPILERS = 4;

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

/**
 * Each package on its own, then its sources alone without what only tests may know (Node, the test runner). A compiler with
 * several threads finds out in each what all have in common; so each has one, and there are several compilers.
 */
async function types(): Promise<Outcome> {
  const projects = [
    "tsconfig.json",
    "examples/react/tsconfig.json",
    ...PACKAGES.flatMap((each) => [`${each}/tsconfig.json`, `${each}/tsconfig.pure.json`]),
  ];
  const present = projects.filter(
    (project) => basename(project) === "tsconfig.json" || existsSync(join(root, project)),
  );
  const outcomes: Outcome[] = [];
  const waiting = present.entries();
  const compiler = async () => {
    for (const [index, project] of waiting)
      outcomes[index] = await program(TSC, "--singleThreaded", "--pretty", "false", "-p", project);
  };
  await Promise.all(Array.from({ length: Math.min(MOST_COMPILERS, availableParallelism()) }, compiler));
  const problems = outcomes.flatMap((outcome) => outcome.problems);
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
