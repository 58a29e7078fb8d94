import { STEPS } from "./steps.ts";

/** Runs the steps, all or those named, and tells each outcome as it comes. Answers how many failed. */
export async function check(names: string[] = []): Promise<number> {
  const unknown = names.filter((name) => !STEPS.some((step) => step.name === name));
  if (unknown.length > 0)
    throw new Error(`No such step: ${unknown.join(", ")}. There are ${STEPS.map((s) => s.name).join(", ")}.`);
  let failed = 0;
  for (const { name, run } of STEPS.filter((step) => names.length === 0 || names.includes(step.name))) {
    const began = Date.now();
    const { problems, summary } = await run();
    const seconds = `${((Date.now() - began) / 1_000).toFixed(1)} s`;
    console.log(
      `${problems.length === 0 ? "ok    " : "FAILED"} ${name.padEnd(8)} ${[seconds, summary].filter(Boolean).join(" · ")}`,
    );
    for (const problem of problems) console.log(`         ${problem}`);
    if (problems.length > 0) failed++;
  }
  return failed;
}

// The exit code is the number of failed steps, so that bin/test can add it to its count.
if (import.meta.main) process.exitCode = await check(process.argv.slice(2));
