import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { inRoot, node } from "../setup/paths.mjs";
import { capture } from "../setup/terminal.mjs";
import { flowCommand } from "./flow.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "clew-flows-"));
  cpSync(inRoot("examples/flows"), folder, { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const AGENT = "loan.useOfFunds.agent.flow.json";

function edit(file: string, ...edits: [string, string][]): void {
  const path = join(folder, file);
  let text = readFileSync(path, "utf8");
  for (const [from, to] of edits) {
    expect(text).toContain(from);
    text = text.replace(from, to);
  }
  writeFileSync(path, text);
}

function run(...args: string[]): { code: number; lines: string[] } {
  const lines: string[] = [];
  return { code: flowCommand(args, (line) => lines.push(line)), lines };
}

test("[E15] a misspelt variable, a dangling link and a secret in a message are three errors with place and suggestion", async () => {
  edit(
    AGENT,
    ['"notFound": "gone"', '"notFound": "goen"'],
    ['"=kase.conversationId"', '"=kaes.conversationId"'],
    ["this is what we noted", "Bearer 51HqLyjWDarjtT1zdp7dc is what we noted"],
  );
  const { code, output } = await capture(node, [inRoot("bin/flow"), "lint", join(folder, AGENT)]);
  expect(code).toBe(1);
  expect(output.trim().split("\n").slice(1)).toEqual([
    expect.stringMatching(/^ {2}error {3}\/nodes\/load\/notFound {2}there is no node "goen"/),
    expect.stringContaining('did you mean "gone"?'),
    expect.stringMatching(/^ {2}error {3}\/nodes\/ask\/conversation {2}.*kaes/),
    expect.stringContaining('did you mean "kase"?'),
    expect.stringMatching(/^ {2}error {3}\/nodes\/thank\/text {2}a password, key or token/),
    expect.stringContaining("keep it in a connector"),
    "1 file: 3 errors, 0 warnings",
  ]);
});

test("[E15] a secret variable in a message is an error like one that is written there", () => {
  edit(
    AGENT,
    ['"receipt": { "type": "map?" }', '"receipt": { "type": "map?", "privacy": "secret" }'].map((text) =>
      text.replace('{ "type": "map?"', '{\n      "type": "map?"').replace(" }", "\n    }"),
    ) as [string, string],
  );
  edit(AGENT, ["label(answer.reason)", "receipt.id"]);
  const { code, lines } = run("lint", join(folder, AGENT));
  expect(code).toBe(1);
  expect(lines.join("\n")).toMatch(
    /error {3}\/nodes\/thank\/text {2}secret values may not go in here: it reads receipt.id/,
  );
});

test("[FF20] a folder is checked as a whole; warnings alone are no failure, nothing to check is one", () => {
  expect(run("lint", folder)).toEqual({ code: 0, lines: ["7 files: 0 errors, 0 warnings"] });
  edit("loan.useOfFunds.form.flow.json", ['"firstName"', '"givenName"']);
  const { code, lines } = run("lint", join(folder, AGENT));
  expect(code).toBe(1);
  expect(lines.join("\n")).toMatch('loan.useOfFunds.form has no input "firstName"');
  edit("case.followUp.flow.json", ['"key": "case.followUp"', '"key": "case.again"']);
  expect(run("lint", join(folder, "case.followUp.flow.json"))).toEqual({
    code: 0,
    lines: [
      join(folder, "case.followUp.flow.json"),
      "  warning /key  the file is not called like its flow  [file]",
      "          call the file case.again.flow.json",
      "1 file: 0 errors, 1 warning",
    ],
  });
  expect(run("lint", join(folder, "nowhere.json")).code).toBe(1);
  writeFileSync(join(folder, "cut.flow.json"), '{ "key": ');
  expect(run("lint", join(folder, "cut.flow.json")).lines.join("\n")).toMatch("is not JSON");
});

test("[FF20] files are saved the one way, or only told that they are not", () => {
  const path = join(folder, AGENT);
  const text = readFileSync(path, "utf8");
  expect(run("format", "--check", folder)).toEqual({ code: 0, lines: [] });
  writeFileSync(path, JSON.stringify(JSON.parse(text)));
  expect(run("format", "--check", folder)).toEqual({ code: 1, lines: [`${path} is not saved the usual way`] });
  expect(run("format", folder)).toEqual({ code: 0, lines: [`${path} written`] });
  expect(readFileSync(path, "utf8")).toBe(text);
});

test("[FN9] files are held to what is raised where they are meant for", () => {
  edit(AGENT, ['"settings": {', '"settings": {\n    "maxSteps": 20000,']);
  const path = join(folder, AGENT);
  expect(run("lint", path).lines.join("\n")).toContain("/settings/maxSteps  20000 is more than the 10000");
  expect(run("lint", "--limits=stepsPerRun=20000", path).lines).toEqual(["1 file: 0 errors, 0 warnings"]);
  for (const option of ["--limits=steps=20000", "--limits=", "--limits"])
    expect(run("lint", option, path).code).toBe(2);
});

test("[FF20] what the command does not understand it explains", () => {
  for (const args of [[], ["lint"], ["lnit", folder], ["lint", "--all", folder]]) {
    const { code, lines } = run(...args);
    expect(code).toBe(2);
    expect(lines.join()).toMatch("bin/flow lint <files or folders>");
  }
});
