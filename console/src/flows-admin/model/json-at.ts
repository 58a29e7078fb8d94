import { isPlain } from "../../admin/editing/same.ts";

/** Where something stands in a definition: names of fields and places in lists, from the root. */
export type At = readonly (string | number)[];

/** What stands there; undefined where nothing does. */
export function readAt(root: unknown, at: At): unknown {
  return at.reduce<unknown>((value, step) => {
    if (Array.isArray(value)) return value[Number(step)];
    return isPlain(value) && Object.hasOwn(value, step) ? value[step] : undefined;
  }, root);
}

/** A copy with another value there; undefined takes the field, or the item of the list, away. */
export function writeAt(root: unknown, at: At, value: unknown): unknown {
  const [step, ...rest] = at;
  if (step === undefined) return value;
  if (Array.isArray(root)) {
    const index = Number(step);
    const next = writeAt(root[index], rest, value);
    return next === undefined ? root.toSpliced(index, 1) : root.with(index, next);
  }
  const fields = isPlain(root) ? root : {};
  const next = writeAt(Object.hasOwn(fields, step) ? fields[step] : undefined, rest, value);
  if (next !== undefined) return { ...fields, [step]: next };
  return Object.fromEntries(Object.entries(fields).filter(([name]) => name !== String(step)));
}

/** "/nodes/a~1b/0" as steps. */
export function stepsOf(pointer: string): string[] {
  if (pointer === "") return [];
  return pointer
    .slice(1)
    .split("/")
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
}

export function pointerOf(at: At): string {
  return at.map((step) => `/${String(step).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}
