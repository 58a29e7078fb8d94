import { type Compiled, compile } from "../expressions/formula.ts";
import { type CompiledText, compileText } from "../expressions/text.ts";

/** Formulas read once are kept so many; definitions do not change, so a source always means the same. */
const KEPT = 5_000;

function remembering<T>(read: (source: string) => T): (source: string) => T {
  const known = new Map<string, T>();
  return (source) => {
    const found = known.get(source);
    if (found) return found;
    const made = read(source);
    if (known.size >= KEPT) known.clear();
    known.set(source, made);
    return made;
  };
}

export const formulaOf: (source: string) => Compiled = remembering(compile);
export const textOf: (source: string) => CompiledText = remembering(compileText);
