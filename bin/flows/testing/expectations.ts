import { isDeepStrictEqual } from "node:util";
import type { Expect } from "./scenario.ts";
import { type Stage, until } from "./stage.ts";

type Difference = { what: string; expected: unknown; found: unknown };

/** What is not as expected, once it had time to become so. */
export async function differences(stage: Stage, expected: Expect, patience?: number): Promise<string[]> {
  let last: Difference[] = [];
  try {
    const compared = async () => {
      last = await compare(stage, expected);
      return last.length === 0 ? true : null;
    };
    await until(compared, "", patience);
    return [];
  } catch (error) {
    if (last.length === 0) throw error;
    return last.map(({ what, expected: wanted, found }) => `${what}: expected ${shown(wanted)}, found ${shown(found)}`);
  }
}

async function compare(stage: Stage, expected: Expect): Promise<Difference[]> {
  const found: Difference[] = [];
  const check = (what: string, wanted: unknown, is: unknown, fits = isDeepStrictEqual(wanted, is)) => {
    if (wanted !== undefined && !fits) found.push({ what, expected: wanted, found: is });
  };
  if (expected.run !== undefined || expected.node !== undefined) {
    const run = await stage.run();
    check("run", expected.run, run?.status ?? null);
    check("node", expected.node, run?.node ?? null);
  }
  if (expected.path) check("path", expected.path, await stage.path());
  check("form", expected.form, stage.form()?.state ?? null);
  check("messages", expected.messages, stage.messages().length);
  for (const words of expected.says ?? [])
    check("says", words, stage.messages(), stage.messages().join("\n").includes(words));
  if (expected.screen !== undefined) {
    const title = await stage.screen();
    check("screen", expected.screen, title, title?.includes(expected.screen));
  }
  if (expected.route) check("route.queue", expected.route.queue, await stage.queue());
  if (expected.bot !== undefined) check("bot", expected.bot, await stage.bot());
  for (const [name, values] of Object.entries(expected.record ?? {})) {
    const record = await stage.record(name);
    for (const [field, value] of Object.entries(values))
      check(`${name}.${field}`, value, field === "version" ? record.version : (record.values[field] ?? null));
  }
  const seen = stage.agentSees();
  for (const [field, value] of Object.entries(expected.agentSees ?? {}))
    check(`agentSees.${field}`, value, seen.get(field) ?? null);
  for (const field of expected.agentDoesNotSee ?? []) check(`agentDoesNotSee.${field}`, null, seen.get(field) ?? null);
  return found;
}

function shown(value: unknown): string {
  return JSON.stringify(value);
}
