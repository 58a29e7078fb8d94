/** Values longer than this are not given to a pattern, so that no pattern can keep the server busy for long. */
export const MAX_PATTERN_INPUT = 256;
const MAX_PATTERN = 200;

/** Why a pattern cannot be used. `risky`: matching may take a time that grows beyond all bounds with the text. */
export type PatternFault = "invalid" | "too-long" | "risky";

/** A field's pattern, anchored at both ends, or null when it cannot be used. Never throws. */
export function compilePattern(pattern: string): RegExp | null {
  return patternFault(pattern) ? null : compile(pattern);
}

/** What forbids a pattern when a form is saved, or null. */
export function patternFault(pattern: string): PatternFault | null {
  if (pattern.length > MAX_PATTERN) return "too-long";
  if (!compile(pattern)) return "invalid";
  return repeatsRepetition(pattern) ? "risky" : null;
}

/** As browsers read the `pattern` attribute: the flag `v`; the older `u` for patterns that only it takes. */
function compile(pattern: string): RegExp | null {
  for (const flags of ["v", "u"]) {
    try {
      // Alone first: "a)(b" must not become valid by the brackets put around it.
      new RegExp(pattern, flags);
      return new RegExp(`^(?:${pattern})$`, flags);
    } catch {}
  }
  return null;
}

/**
 * Whether a group that can match in several ways (it repeats something, or has alternatives) is itself repeated, or a back
 * reference is used: the shapes in which backtracking explodes. Careful rather than exact; a group that opens with a
 * sign of its own, such as `(-\w+)*`, is let through when that sign cannot be matched inside it.
 */
function repeatsRepetition(pattern: string): boolean {
  const open: Group[] = [];
  let last: Group | null = null;
  let repeats = 0;
  for (let at = 0; at < pattern.length; at += 1) {
    const sign = pattern[at];
    const closed: Group | null = last;
    last = null;
    if (sign === "\\") {
      if (/[1-9k]/.test(pattern[at + 1] ?? "")) return true;
      at += 1;
    } else if (sign === "[") at = endOfClass(pattern, at);
    else if (sign === "(") open.push({ start: bodyStart(pattern, at), end: at, loose: false });
    else if (sign === "|") for (const group of open) group.loose = true;
    else if (sign === ")") {
      last = open.pop() ?? null;
      if (last) last.end = at;
    } else if (isUnbounded(pattern, at)) {
      repeats += 1;
      if (closed?.loose && !isFenced(pattern.slice(closed.start, closed.end))) return true;
      for (const group of open) group.loose = true;
    }
  }
  // Repetitions side by side cost a power of the length each; three over 256 characters are still quick.
  return repeats > 8;
}

type Group = { start: number; end: number; loose: boolean };

/** Whether a repetition without a small limit starts here; one such as {2,40} counts, as it nests just as badly. */
function isUnbounded(pattern: string, at: number): boolean {
  if (pattern[at] === "*" || pattern[at] === "+") return true;
  const [, low = "0", comma = "", high = ""] = /^\{(\d+)(,?)(\d*)\}/.exec(pattern.slice(at)) ?? [];
  if (pattern[at] !== "{") return false;
  return (comma !== "" && (high === "" || Number(high) > 10)) || Number(low) > 10;
}

/** Whether each round of a repeated group must begin with a sign that nothing else in it can match. */
function isFenced(body: string): boolean {
  const [, fence, rest = ""] = /^\\?([-_ ,;:/@#.])([^(|)]*)$/u.exec(body) ?? [];
  if (!fence || body.startsWith(".") || /^[*+?{]/.test(rest)) return false;
  const atoms = rest.match(/\\.|\[(?:\\.|[^\]\\])*\]|[^*+?{}]/gu) ?? [];
  return atoms.every((atom) => compile(atom)?.test(fence) === false);
}

function bodyStart(pattern: string, at: number): number {
  const [opening = "("] = /^\((\?(<[^>=!]+>|<?[=!]|[a-z-]*:))?/u.exec(pattern.slice(at)) ?? [];
  return at + opening.length;
}

function endOfClass(pattern: string, start: number): number {
  let depth = 0;
  for (let at = start; at < pattern.length; at += 1) {
    if (pattern[at] === "\\") at += 1;
    else if (pattern[at] === "[") depth += 1;
    else if (pattern[at] === "]") {
      depth -= 1;
      if (depth === 0) return at;
    }
  }
  return pattern.length;
}
