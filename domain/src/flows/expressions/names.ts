const REFUSED = new Set(["__proto__", "constructor", "prototype", "toString", "valueOf", "hasOwnProperty"]);

/** Names that lead out of the data in JavaScript. No variable, field or key is called so, whether data has it or not. */
export function isRefusedName(name: string): boolean {
  return REFUSED.has(name);
}
