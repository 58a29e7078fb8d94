import { formatFiles } from "./format.ts";
import { lintFiles } from "./lint.ts";

const USAGE = `bin/flow lint <files or folders>            what is wrong, where, and what to write instead
bin/flow format [--check] <files or folders>  writes files the one way in which flows are saved`;

/** Exit codes: 0 all is well, 1 something is wrong in the files, 2 the command itself was not understood. */
export function flowCommand(args: string[], say: (line: string) => void): number {
  const [command, ...rest] = args;
  const options = rest.filter((arg) => arg.startsWith("--"));
  const paths = rest.filter((arg) => !arg.startsWith("--"));
  if (command === "lint" && options.length === 0 && paths.length > 0) return lintFiles(paths, say);
  if (command === "format" && options.every((option) => option === "--check") && paths.length > 0) {
    return formatFiles(paths, { onlyCheck: options.length > 0, say });
  }
  say(USAGE);
  return 2;
}

if (import.meta.main) process.exitCode = flowCommand(process.argv.slice(2), (line) => console.log(line));
