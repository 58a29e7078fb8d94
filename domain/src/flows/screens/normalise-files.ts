import type { Value } from "../expressions/value.ts";
import { type Normal, no, type Of } from "./field-problem.ts";
import { isGivenMap, ownText } from "./given-map.ts";
import { lineOf } from "./normalise-texts.ts";

/** One file, or a list where more than one may be given. Each is named by the id under which it was uploaded. */
export function filesOf(given: unknown, { accept, maxMb, max = 1 }: Of<"file">): Normal {
  const files: Value[] = [];
  for (const item of Array.isArray(given) ? given.slice(0, 50) : [given]) {
    if (!isGivenMap(item)) return no("file");
    const [id, name, type] = [ownText(item, "id"), ownText(item, "name"), ownText(item, "type")];
    const { size } = item;
    if (!id || !name || id.length > 100 || name.length > 300 || type === null || type.length > 200) return no("file");
    if (typeof size !== "number" || !Number.isInteger(size) || size < 0) return no("file");
    if (accept && !accept.some((wanted) => isOfType(type, wanted))) return no("file-type");
    if (maxMb !== undefined && size > maxMb * 1_000_000) return no("file-size", `${maxMb} MB`);
    files.push({ id, name, size, type });
  }
  if (files.length > max) return no("too-many", String(max));
  return { value: max > 1 ? files : (files[0] ?? null) };
}

function isOfType(type: string, wanted: string): boolean {
  return wanted.endsWith("/*") ? type.startsWith(wanted.slice(0, -1)) : type === wanted;
}

/** Drawn: `{path}`, an SVG path in a field of 300 × 100. Typed: `{name}`. */
export function signatureOf(given: unknown): Normal {
  if (!isGivenMap(given)) return no("signature");
  const [path, name] = [ownText(given, "path"), ownText(given, "name")];
  if (path === null || name === null) return no("signature");
  if (path && /^(M\d{1,3} \d{1,3}(L\d{1,3} \d{1,3})*)+$/.test(path) && path.length <= 7_000) return { value: { path } };
  const line = lineOf(name).slice(0, 200).trim();
  return path || !line ? (path ? no("signature") : { value: null }) : { value: { name: line } };
}
