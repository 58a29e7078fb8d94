import { type RaisedLimits, readLimits } from "@clew/contract/flows/flow-limits";
import { formatFiles } from "./format.ts";
import { lintFiles } from "./lint.ts";
import { testPaths } from "./test-paths.ts";

const USAGE = `bin/flow lint <files or folders>            what is wrong, where, and what to write instead
    --limits=nodes=800,loopItems=5000       as where these are raised (CLEW_FLOW_LIMITS)
bin/flow format [--check] <files or folders>  writes files the one way in which flows are saved
bin/flow test <files or folders>            plays the .test.json files beside flows on a server of their own`;

const LIMITS_OPTION = "--limits=";

/** Exit codes: 0 all is well, 1 something is wrong in the files, 2 the command itself was not understood. */
export function flowCommand(args: string[], say: (line: string) => void): number {
  const [command, ...rest] = args;
  const options = rest.filter((arg) => arg.startsWith("--"));
  const paths = rest.filter((arg) => !arg.startsWith("--"));
  const limits = command === "lint" ? limitsIn(options) : null;
  if (limits && paths.length > 0) return lintFiles(paths, { say, limits });
  if (command === "format" && options.every((option) => option === "--check") && paths.length > 0) {
    return formatFiles(paths, { onlyCheck: options.length > 0, say });
  }
  say(USAGE);
  return 2;
}

/** Null where the options are not understood. */
function limitsIn(options: readonly string[]): RaisedLimits | null {
  const [first, ...more] = options;
  if (first === undefined) return {};
  const read =
    first.startsWith(LIMITS_OPTION) && more.length === 0 ? readLimits(first.slice(LIMITS_OPTION.length)) : "";
  return typeof read === "string" ? null : read;
}

/** As `flowCommand`, and `test`, for which alone a whole server is loaded. */
export async function flowProgram(args: string[], say: (line: string) => void): Promise<number> {
  const [command, ...paths] = args;
  if (command !== "test" || paths.length === 0 || paths.some((path) => path.startsWith("--")))
    return flowCommand(args, say);
  const { testFiles } = await import("./testing/run-tests.ts");
  return testFiles(testPaths(paths), say);
}

if (import.meta.main) process.exitCode = await flowProgram(process.argv.slice(2), (line) => console.log(line));
