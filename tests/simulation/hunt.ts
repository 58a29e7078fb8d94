import { openDisk } from "./world/disk.ts";
import type { Plant } from "./world/plant.ts";
import { play, type Run } from "./world/world.ts";

/** Steps of one seed before it heals. */
export const STEPS = 1_500;

export type Hunt = { seeds: number; steps: number; commits: number; messages: number; found: Run | null };

/** Plays seed after seed until something is found, or there are no more, or enough steps were taken. */
export async function hunt(input: {
  from?: number;
  seeds: number;
  enough?: number;
  plant?: Plant;
  skip?: ReadonlySet<number>;
}): Promise<Hunt> {
  const { from = 1, seeds, enough = Number.POSITIVE_INFINITY, plant = {}, skip } = input;
  const disk = await openDisk(plant.without);
  const hunted: Hunt = { seeds: 0, steps: 0, commits: 0, messages: 0, found: null };
  try {
    for (let seed = from; seed < from + seeds && hunted.steps < enough && !hunted.found; seed += 1) {
      if (skip?.has(seed)) continue;
      const run = await play(seed, disk, { steps: STEPS, plant });
      hunted.seeds += 1;
      hunted.steps += run.steps;
      hunted.commits += run.commits;
      hunted.messages += run.messages;
      if (run.breach) hunted.found = run;
    }
  } finally {
    await disk.close();
  }
  return hunted;
}

/** What was found, for a person. */
export function told({ seed, breach, ...run }: Run): string {
  if (!breach) return `seed ${seed}: nothing`;
  const trace = "trace" in run ? `\n${run.trace.join("\n")}` : "";
  return `seed ${seed} breaks ${breach.rule}: ${breach.what}${trace}`;
}
