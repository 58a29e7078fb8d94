/**
 * Values longer than this, in characters, are not given to a pattern. Patterns that try the same text in many ways are
 * refused when a channel is saved; what is left takes time by the square of the length at worst.
 */
export const MAX_PATTERN_INPUT = 1000;
const MAX_PATTERN = 200;

/**
 * A field's pattern, anchored at both ends, or null when it is none: that is the administrator's slip, for which no
 * customer is turned away. The flag `u` as when it was saved; `v` for what only that takes. Never throws.
 */
export function compilePattern(pattern: string): RegExp | null {
  if (pattern.length > MAX_PATTERN) return null;
  for (const flags of ["u", "v"]) {
    try {
      // Alone first: "a)(b" must not become valid by the brackets put around it.
      new RegExp(pattern, flags);
      return new RegExp(`^(?:${pattern})$`, flags);
    } catch {}
  }
  return null;
}
