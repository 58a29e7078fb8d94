import { hunt, told } from "./hunt.ts";
import { OPEN } from "./seeds.ts";

/**
 * Plays so many worlds, from a seed on: `node tests/simulation/run.ts 1000 [first seed]`. Answers 1 when one of them
 * broke a rule, with its seed and the end of its story.
 */
export async function simulate(worlds: number, from = 1): Promise<number> {
  const began = performance.now();
  const { found, steps, seeds, commits, messages } = await hunt({
    from,
    seeds: worlds,
    skip: new Set(OPEN.map(({ seed }) => seed)),
  });
  const seconds = (performance.now() - began) / 1_000;
  console.log(
    `${seeds} worlds, ${steps} steps (${Math.round(steps / seconds)} a second), ${commits} commits, ${messages} messages`,
  );
  if (found) console.log(`FAILED ${told(found)}`);
  return found ? 1 : 0;
}

if (import.meta.main) {
  const [worlds, from] = process.argv.slice(2).map(Number);
  if (!worlds || worlds < 1) throw new Error("How many worlds? Such as: npm run check -- --simulate 1000");
  process.exitCode = await simulate(worlds, from || undefined);
}
