import { basename } from "node:path";
import type { RaisedLimits } from "@clew/contract/flows/flow-limits";
import type { Finding } from "@clew/contract/flows/lint";
import { type LintWorld, lint } from "@clew/domain/flows/lint/lint";
import { FLOW_FILE, type FlowFile, flowFiles, flowsAround } from "./files.ts";

/** Prints what is wrong with the files. Answers 1 when there is an error, 0 when there are only warnings or nothing. */
export function lintFiles(
  paths: string[],
  { say, limits }: { say: (line: string) => void; limits: RaisedLimits },
): number {
  const files = flowFiles(paths);
  const flows = flowsAround(files);
  let errors = 0;
  let warnings = 0;
  for (const file of files) {
    const findings = findingsOf(file, { flows, limits });
    if (findings.length > 0) say(file.path);
    for (const finding of findings) for (const line of linesOf(finding)) say(line);
    errors += findings.filter(({ severity }) => severity === "error").length;
    warnings += findings.filter(({ severity }) => severity === "warning").length;
  }
  say(`${counted(files.length, "file")}: ${counted(errors, "error")}, ${counted(warnings, "warning")}`);
  return errors > 0 || files.length === 0 ? 1 : 0;
}

type FileFinding = Omit<Finding, "code"> & { code: string };

function findingsOf(file: FlowFile, world: LintWorld): FileFinding[] {
  if ("problem" in file) return [{ path: "", code: "file", severity: "error", message: file.problem }];
  return [...nameFindings(file.path, file.flow), ...lint(file.flow, world)];
}

/** A flow lies in the file that is called like it: then links between files and diffs can be followed by eye. */
function nameFindings(path: string, flow: unknown): FileFinding[] {
  const key = (flow as { key?: unknown } | null)?.key;
  if (typeof key !== "string" || basename(path) === `${key}${FLOW_FILE}`) return [];
  const suggestion = `call the file ${key}${FLOW_FILE}`;
  return [
    { path: "/key", code: "file", severity: "warning", message: `the file is not called like its flow`, suggestion },
  ];
}

function linesOf({ severity, path, code, message, suggestion }: FileFinding): string[] {
  const first = `  ${severity.padEnd(7)} ${path || "/"}  ${message}  [${code}]`;
  return suggestion === undefined ? [first] : [first, `          ${suggestion}`];
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}
