/** What a pattern becomes: states in a row; the last is the end. */
export type Program = readonly Instruction[];

export type Instruction =
  | { kind: "character"; fits: (character: string) => boolean }
  | { kind: "either"; one: number; other: number }
  | { kind: "place"; is: "first" | "last" }
  | { kind: "end" };

export class PatternError extends Error {}

const MAX_LENGTH = 200;
const MAX_STATES = 1_000;
const MAX_DEPTH = 20;

type Part =
  | { kind: "character"; fits: (character: string) => boolean }
  | { kind: "place"; is: "first" | "last" }
  | { kind: "sequence"; of: Part[] }
  | { kind: "choice"; of: Part[] }
  | { kind: "repeat"; of: Part; least: number; most: number };

const NAMED: ReadonlyMap<string, string> = new Map([
  ["n", "\n"],
  ["r", "\r"],
  ["t", "\t"],
]);

/**
 * Reads a pattern: a subset of JavaScript's with the flag "u", without what needs more than one look at the text
 * (references back, looks around). Throws PatternError.
 */
export function compilePattern(pattern: string): Program {
  if (pattern.length > MAX_LENGTH) throw new PatternError(`The pattern is longer than ${MAX_LENGTH} characters`);
  return program(readPattern([...pattern]));
}

function readPattern(source: string[]): Part {
  let at = 0;
  let depth = 0;

  function accept(...characters: string[]): boolean {
    const found = characters.every((character, index) => source[at + index] === character);
    if (found) at += characters.length;
    return found;
  }

  function choice(): Part {
    depth += 1;
    if (depth > MAX_DEPTH) throw new PatternError("The pattern is nested too deep");
    const of = [sequence()];
    while (accept("|")) of.push(sequence());
    depth -= 1;
    return of.length === 1 ? (of[0] as Part) : { kind: "choice", of };
  }

  function sequence(): Part {
    const of: Part[] = [];
    while (at < source.length && source[at] !== "|" && source[at] !== ")") of.push(repeated());
    return { kind: "sequence", of };
  }

  function repeated(): Part {
    const of = single();
    const count = quantity();
    if (!count) return of;
    if (of.kind === "place") throw new PatternError("A place cannot be repeated");
    accept("?");
    return { kind: "repeat", of, least: count[0], most: count[1] };
  }

  function quantity(): [number, number] | null {
    if (accept("*")) return [0, Number.POSITIVE_INFINITY];
    if (accept("+")) return [1, Number.POSITIVE_INFINITY];
    if (accept("?")) return [0, 1];
    if (source[at] !== "{") return null;
    const [all, least, comma, most] = /^\{(\d{1,4})(,?)(\d{0,4})\}/.exec(source.slice(at, at + 11).join("")) ?? [];
    if (!all || (!comma && most)) throw new PatternError("A repetition is {2}, {2,} or {2,4}");
    at += all.length;
    const upTo = most ? Number(most) : comma ? Number.POSITIVE_INFINITY : Number(least);
    if (upTo < Number(least)) throw new PatternError("A repetition ends before it begins");
    return [Number(least), upTo];
  }

  function single(): Part {
    if (accept("(")) {
      if (!accept("?", ":") && source[at] === "?") throw new PatternError("Groups are ( ) or (?: )");
      const inner = choice();
      if (!accept(")")) throw new PatternError("A bracket is not closed");
      return inner;
    }
    if (accept("^")) return { kind: "place", is: "first" };
    if (accept("$")) return { kind: "place", is: "last" };
    if (accept("[")) return { kind: "character", fits: set() };
    if (accept(".")) return { kind: "character", fits: (character) => !/[\n\r\u2028\u2029]/.test(character) };
    const character = source[at++] as string;
    if (character === "\\") return { kind: "character", fits: fitting(escaped(false)) };
    if ("*+?{}]".includes(character)) throw new PatternError("A sign with a meaning needs a backslash before it");
    return { kind: "character", fits: fitting(character) };
  }

  function set(): (character: string) => boolean {
    const negated = accept("^");
    const fits: ((character: string) => boolean)[] = [];
    while (!accept("]")) {
      const from = member();
      if (source[at] === "-" && source[at + 1] !== "]") {
        at += 1;
        fits.push(range(from, member()));
      } else fits.push(fitting(from));
    }
    return (character) => fits.some((test) => test(character)) !== negated;
  }

  function member(): string | RegExp {
    const character = source[at++];
    if (character === undefined) throw new PatternError("A set is not closed");
    return character === "\\" ? escaped(true) : character;
  }

  function escaped(inSet: boolean): string | RegExp {
    const character = source[at++] ?? "";
    if (/[dDwWsS]/.test(character)) return new RegExp(`^\\${character}$`, "u");
    if (/[pP]/.test(character)) return property(character);
    if (character === "u") return codeUnit();
    if (/[\^$\\.*+?()[\]{}|/]/.test(character) || (inSet && character === "-")) return character;
    const named = NAMED.get(character);
    if (!named) throw new PatternError("There is no such escape in patterns");
    return named;
  }

  function property(sign: string): RegExp {
    const [all] = /^\{[A-Za-z_=]{1,40}\}/.exec(source.slice(at, at + 42).join("")) ?? [];
    at += all?.length ?? 0;
    try {
      if (all) return new RegExp(`^\\${sign}${all}$`, "u");
    } catch {}
    throw new PatternError("There is no such class of characters");
  }

  function codeUnit(): string {
    const hex = source.slice(at, at + 4).join("");
    if (!/^[0-9a-fA-F]{4}$/.test(hex)) throw new PatternError("\\u takes four hexadecimal digits");
    at += 4;
    return String.fromCharCode(Number.parseInt(hex, 16));
  }

  const whole = choice();
  if (at < source.length) throw new PatternError("A bracket is closed that was not opened");
  return whole;
}

function fitting(of: string | RegExp): (character: string) => boolean {
  return typeof of === "string" ? (character) => character === of : (character) => of.test(character);
}

function range(from: string | RegExp, to: string | RegExp): (character: string) => boolean {
  if (typeof from !== "string" || typeof to !== "string") throw new PatternError("A range is between two characters");
  const [first, last] = [from.codePointAt(0) ?? 0, to.codePointAt(0) ?? 0];
  if (last < first) throw new PatternError("A range ends before it begins");
  return (character) => {
    const code = character.codePointAt(0) ?? 0;
    return code >= first && code <= last;
  };
}

/** Repetitions are written out, so both the states and the work of writing them are counted. */
function program(whole: Part): Program {
  const states: Instruction[] = [];
  let work = 0;

  function write(part: Part): void {
    work += 1;
    if (work > 4 * MAX_STATES || states.length > MAX_STATES) throw new PatternError("The pattern is too large");
    if (part.kind === "character" || part.kind === "place") states.push(part);
    else if (part.kind === "sequence") part.of.forEach(write);
    else if (part.kind === "choice") choose(part.of);
    else repeat(part.of, part.least, part.most);
  }

  function either(): { one: number; other: number } {
    const instruction = { kind: "either" as const, one: states.length + 1, other: states.length + 1 };
    states.push(instruction);
    return instruction;
  }

  function choose(parts: Part[]): void {
    const ways: { one: number; other: number }[] = [];
    parts.forEach((part, index) => {
      const fork = index < parts.length - 1 ? either() : null;
      write(part);
      if (fork) {
        ways.push(either());
        fork.other = states.length;
      }
    });
    for (const way of ways) way.one = way.other = states.length;
  }

  function repeat(of: Part, least: number, most: number): void {
    for (let times = 0; times < least; times++) write(of);
    if (most === Number.POSITIVE_INFINITY) {
      const start = states.length;
      const fork = either();
      write(of);
      const back = either();
      back.one = back.other = start;
      fork.other = states.length;
      return;
    }
    const forks: { one: number; other: number }[] = [];
    for (let times = least; times < most; times++) {
      forks.push(either());
      write(of);
    }
    for (const fork of forks) fork.other = states.length;
  }

  write(whole);
  states.push({ kind: "end" });
  return states;
}
