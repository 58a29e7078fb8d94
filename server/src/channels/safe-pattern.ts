/**
 * Whether a form's pattern may be run on what customers type. A pattern that can match the same text in many ways makes
 * the engine try them all: a handful of characters would stop the server. We take the patterns that are plainly safe:
 * no repetition of what itself repeats or branches, at most two neighbouring repetitions that fit the same characters,
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
  return repeatsRepetition(tokens) || longestRun(tokens) > 2 ? "pattern-slow" : null;
}

/** Class, group opening, escape, quantifier, or a single character. */
const TOKEN =
  /\[(?:\\.|[^\]\\])*\]|\(\?(?:[:=!]|<[=!]|<[^>]*>)|\\(?:[pP]\{[^}]*\}|u\{[^}]*\}|u.{4}|x..|c.|k<[^>]*>|\d+|.)|\{\d+(?:,\d*)?\}\??|[*+?]\??|[\s\S]/gu;
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

/**
 * How many open-ended repetitions stand in a row that could all take the same character: the degree of the work in the
 * length of the text. Groups and branches are read as if they stood in one line, which can only count too many.
 */
function longestRun(tokens: readonly string[]): number {
  const atoms = tokens.flatMap((token, index) => {
    if (/^[()|]/.test(token) || boundsOf(token)) return [];
    return [{ takes: charactersOf(token), bounds: boundsOf(tokens[index + 1]) ?? { min: 1, max: 1 } }];
  });
  let longest = 0;
  for (const character of ALPHABET) {
    let run = 0;
    for (const { takes, bounds } of atoms) {
      if (takes.has(character)) run += bounds.max > LONG ? 1 : 0;
      else if (bounds.min > 0) run = 0;
      longest = Math.max(longest, run);
    }
  }
  return longest;
}

/** Repetitions up to this are as good as fixed. */
const LONG = 20;
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
