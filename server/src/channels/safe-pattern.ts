/**
 * Whether a form's pattern may be run on what customers type. A pattern that can match the same text in many ways makes
 * the engine try them all: a handful of characters would stop the server. We take the patterns that are plainly safe:
 * no repetition of what itself repeats or branches, about two open-ended repetitions that compete for the same characters,
 * no looking around and no back references. Answers are at most 4,000 characters long, so what remains is quick.
 */
export function checkPattern(pattern: string): "pattern-invalid" | "pattern-slow" | null {
  try {
    new RegExp(`^(?:${pattern})$`, "u");
    // By itself too: "a)(b" is a pattern only between the brackets that we put around it.
    new RegExp(pattern, "u");
  } catch {
    return "pattern-invalid";
  }
  const tokens = pattern.match(TOKEN) ?? [];
  if (tokens.some((token) => LOOKS_ELSEWHERE.test(token))) return "pattern-slow";
  return repeatsRepetition(tokens) || mostWays(tokens) > MOST_WAYS ? "pattern-slow" : null;
}

/** Class, group opening, escape, quantifier, or a single character. */
const TOKEN =
  /\[(?:\\.|[^\]\\])*\]|\(\?(?:[=!]|[a-z-]*:|<[=!]|<[^>]*>)|\\(?:[pP]\{[^}]*\}|u\{[^}]*\}|u.{4}|x..|c.|k<[^>]*>|\d+|.)|\{\d+(?:,\d*)?\}\??|[*+?]\??|[\s\S]/gu;
const LOOKS_ELSEWHERE = /^(\(\?([=!]|<[=!])|\\[1-9k])/;
const QUANTIFIER = /^([*+?]|\{\d)/;

type Bounds = { min: number; max: number };

function boundsOf(token: string | undefined): Bounds | null {
  if (token === undefined || !QUANTIFIER.test(token)) return null;
  if (token.startsWith("*")) return { min: 0, max: Number.POSITIVE_INFINITY };
  if (token.startsWith("+")) return { min: 1, max: Number.POSITIVE_INFINITY };
  if (token.startsWith("?")) return { min: 0, max: 1 };
  const [, min, comma, max] = /^\{(\d+)(,?)(\d*)\}/.exec(token) ?? [];
  return { min: Number(min), max: comma ? (max ? Number(max) : Number.POSITIVE_INFINITY) : Number(min) };
}

/** Whether a group that may occur more than once has an inside of more than one possible length or way. */
function repeatsRepetition(tokens: readonly string[]): boolean {
  const open: { varies: boolean }[] = [];
  let varies = false;
  for (const [index, token] of tokens.entries()) {
    const bounds = boundsOf(token);
    if (token.startsWith("(")) {
      open.push({ varies });
      varies = false;
    } else if (token === ")") {
      const times = boundsOf(tokens[index + 1]);
      if (varies && times && times.max > 1) return true;
      varies ||= open.pop()?.varies ?? false;
    } else if (token === "|" || (bounds && bounds.min !== bounds.max)) {
      varies = true;
    }
  }
  return false;
}

/** A part that can be matched in `ways` ways: an atom by how often, a group by how often and which branch. */
type Part = { takes: ReadonlySet<string>; ways: number; certain: boolean };

/**
 * In how many ways a text can be shared out between parts that compete for the same characters: what the engine may have
 * to try. A part that must occur and that none of the others could take cuts the pattern in two that do not compete.
 */
function mostWays(tokens: readonly string[]): number {
  const parts = partsOf(tokens);
  const open = parts.filter(({ ways }) => ways > 1);
  let most = 1;
  let segment: Part[] = [];
  for (const part of parts) {
    const cuts = part.certain && part.takes.size > 0 && !open.some((other) => overlap(part, other));
    if (cuts) segment = [];
    else if (part.ways > 1) segment.push(part);
    const competing = segment.filter((one) => segment.some((other) => other !== one && overlap(one, other)));
    most = Math.max(
      most,
      competing.reduce((product, { ways }) => product * ways, 1),
    );
  }
  return most;
}

/** The atoms in their order, and each group where it closes, with all characters within. */
function partsOf(tokens: readonly string[]): Part[] {
  const parts: Part[] = [];
  const groups: { first: number; branches: number }[] = [];
  for (const [index, token] of tokens.entries()) {
    if (boundsOf(token)) continue;
    const times = boundsOf(tokens[index + 1]) ?? { min: 1, max: 1 };
    const ways = Math.min(times.max, LONGEST_ANSWER) - times.min + 1;
    const group = groups.at(-1);
    if (token.startsWith("(")) {
      groups.push({ first: parts.length, branches: 1 });
    } else if (token === "|") {
      if (group) group.branches += 1;
      // Branches of the whole pattern are tried one after the other and never share out a text between them.
    } else if (token === ")") {
      const { first = 0, branches = 1 } = groups.pop() ?? {};
      const within = parts.slice(first);
      // What is in a branch, or in a group that may be missing or come again, cuts nothing outside it.
      if (branches > 1 || times.min !== 1 || times.max !== 1) for (const part of within) part.certain = false;
      const takes = new Set(within.flatMap((part) => [...part.takes]));
      parts.push({ takes, ways: ways * branches, certain: false });
    } else {
      parts.push({ takes: charactersOf(token), ways, certain: times.min > 0 });
    }
  }
  return parts;
}

function overlap(one: Part, other: Part): boolean {
  return [...one.takes].some((character) => other.takes.has(character));
}

const LONGEST_ANSWER = 4000;
/** Two open-ended repetitions of the longest answer and a little more: well below a second. */
const MOST_WAYS = 3 * (LONGEST_ANSWER + 1) ** 2;
const ALPHABET = [
  ...Array.from({ length: 127 - 32 }, (_, index) => String.fromCharCode(32 + index)),
  "\n",
  "é",
  "ي",
  "日",
];

function charactersOf(atom: string): ReadonlySet<string> {
  if (atom === "^" || atom === "$" || atom === "\\b" || atom === "\\B") return new Set();
  const fits = new RegExp(`^${atom}$`, "u");
  return new Set(ALPHABET.filter((character) => fits.test(character)));
}
