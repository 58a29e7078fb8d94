import { readFileSync } from "node:fs";
import type { Flow } from "@clew/contract/flows/definition";
import { references } from "@clew/domain/flows/format/lock";
import { flowsAround } from "../files.ts";
import { differences } from "./expectations.ts";
import { type Case, type FlowTests, readTests } from "./scenario.ts";
import { Stage } from "./stage.ts";

/** Plays the cases of the files, each on a server of its own. Answers 1 when one of them fails, or cannot be read. */
export async function testFiles(
  paths: readonly string[],
  say: (line: string) => void,
  patience?: number,
): Promise<number> {
  let passed = 0;
  let failed = 0;
  for (const path of paths) {
    say(path);
    let tests: FlowTests;
    try {
      tests = readTests(readFileSync(path, "utf8"));
    } catch (error) {
      say(`  cannot be read: ${(error as Error).message}`);
      failed += 1;
      continue;
    }
    const flows = flowsAround([{ path, text: "", flow: null }]) as Map<string, Flow>;
    for (const one of tests.cases) {
      const problems = await testCase(tests.flow, one, { flows, ...(patience === undefined ? {} : { patience }) });
      say(`  ${problems.length === 0 ? "passed" : "FAILED"}  ${one.case}`);
      for (const problem of problems) say(`          ${problem}`);
      if (problems.length === 0) passed += 1;
      else failed += 1;
    }
  }
  say(`${passed} passed, ${failed} failed`);
  return failed > 0 || passed === 0 ? 1 : 0;
}

type World = { flows: Map<string, Flow>; patience?: number };

async function testCase(key: string, { given, steps }: Case, { flows, patience }: World): Promise<string[]> {
  const flow = flows.get(key);
  if (!flow) return [`there is no flow ${key} beside the test`];
  const stage = new Stage(flow);
  let at = "given";
  try {
    await stage.open([...called(flow, flows), flow], given);
    for (const [index, step] of steps.entries()) {
      at = `step ${index + 1}`;
      await stage.play(step);
      const problems = step.expect ? await differences(stage, step.expect, patience) : [];
      if (problems.length > 0) return problems.map((problem) => `${at}  ${problem}`);
    }
    return [];
  } catch (error) {
    return [`${at}  ${(error as Error).message}`];
  } finally {
    await stage.close();
  }
}

/** The flows that it calls, opens as forms or gives a session to as bots, those called first that call none. */
function called(flow: Flow, flows: Map<string, Flow>, known = new Set<string>()): Flow[] {
  return references(flow).flatMap(({ key }) => {
    const other = known.has(key) ? undefined : flows.get(key);
    if (!other) return [];
    known.add(key);
    return [...called(other, flows, known), other];
  });
}
