import type { SkillLevel } from "@clew/contract/routing";

/** One level a skill; the last one said counts. */
export function onceEach(levels: readonly SkillLevel[]): SkillLevel[] {
  return [...new Map(levels.map((level) => [level.skillId, level])).values()];
}
