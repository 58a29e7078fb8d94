import type { Problem } from "@clew/contract/problems";

/** Errors by JSON pointer into the settings, such as `{ "/look/colour": "…" }`. */
export type FieldErrors = Record<string, string>;

/** The server names fields of the request body; the screens know fields of the settings inside it. */
export function pointerIntoSettings(pointer: string): string {
  const path = pointer.startsWith("/") || pointer === "" ? pointer : `/${pointer.replaceAll(".", "/")}`;
  return path.replace(/^\/body(?=\/|$)/, "").replace(/^\/settings(?=\/|$)/, "");
}

/** Errors to show at fields, from a problem; `sentence` puts the problem's reason in the reader's words. */
export function fieldErrors(problem: Problem, sentence: (problem: Problem) => string): FieldErrors {
  const errors: FieldErrors = {};
  for (const [pointer, message] of Object.entries(problem.fields ?? {})) errors[pointerIntoSettings(pointer)] = message;
  if (problem.field === undefined) return errors;
  const pointer = pointerIntoSettings(problem.field);
  // A reason of the closed kind has a sentence of ours; without one the server's sentence for the field tells more.
  if (problem.reason !== undefined || errors[pointer] === undefined) errors[pointer] = sentence(problem);
  return errors;
}

/** The first error at a pointer or below it. */
export function errorBelow(errors: FieldErrors, pointer: string): string | undefined {
  const found = Object.entries(errors).find(([path]) => path === pointer || path.startsWith(`${pointer}/`));
  return found?.[1];
}
