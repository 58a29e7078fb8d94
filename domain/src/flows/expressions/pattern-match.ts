import { compilePattern, type Instruction, PatternError, type Program } from "./pattern.ts";
import { charge, fail, type Run } from "./run.ts";

const MAX_KEPT = 200;
const kept = new Map<string, Program>();

/**
 * Whether the whole text fits the pattern. All ways through the pattern are followed at once, character by character,
 * so the time grows with text times pattern and never more. Throws ExpressionError "pattern" or "budget".
 */
export function isMatch(run: Run, text: string, pattern: string): boolean {
  charge(run, Math.ceil(pattern.length / 10));
  const program = programOf(run, pattern);
  let current = new Set<number>();
  follow(program, current, 0, { first: true, last: text.length === 0 });
  let at = 0;
  for (const character of text) {
    at += character.length;
    const place = { first: false, last: at === text.length };
    const next = new Set<number>();
    for (const state of current) {
      const instruction = program[state] as Instruction;
      if (instruction.kind === "character" && instruction.fits(character)) follow(program, next, state + 1, place);
    }
    charge(run, Math.ceil((current.size + next.size) / 100));
    if (next.size === 0) return false;
    current = next;
  }
  return current.has(program.length - 1);
}

/** Adds a state and all that are reached from it without a character. Each is added once, so no loop is endless. */
function follow(program: Program, states: Set<number>, from: number, place: { first: boolean; last: boolean }): void {
  const open = [from];
  for (let state = open.pop(); state !== undefined; state = open.pop()) {
    if (states.has(state)) continue;
    states.add(state);
    const instruction = program[state] as Instruction;
    if (instruction.kind === "either") open.push(instruction.one, instruction.other);
    if (instruction.kind === "place" && place[instruction.is]) open.push(state + 1);
  }
}

function programOf(run: Run, pattern: string): Program {
  const found = kept.get(pattern);
  if (found) return found;
  try {
    const program = compilePattern(pattern);
    if (kept.size >= MAX_KEPT) kept.clear();
    kept.set(pattern, program);
    return program;
  } catch (error) {
    if (error instanceof PatternError) throw fail(run, "pattern", error.message);
    throw error;
  }
}
