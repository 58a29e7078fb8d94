import type { ConversationState } from "@clew/domain/conversations/state";

const texts = new WeakMap<object, string>();

/**
 * A state as JSON. A message changes little of it and rules never change what they were given, so the text of each part
 * is kept as long as the part is the same object.
 */
export function stateText(state: ConversationState): string {
  return withParts(state, (name, value) =>
    name === "snapshot" ? withParts(value as object, partText) : partText(name, value),
  );
}

function withParts<Whole extends object>(
  whole: Whole,
  textOf: (name: string, value: unknown) => string | undefined,
): string {
  // Put together by +=, the parts are copied once, when the whole is handed over; joining would copy them at each level.
  let all = "";
  for (const name in whole) {
    const text = textOf(name, whole[name]);
    if (text !== undefined) all += `${all === "" ? "{" : ","}"${name}":${text}`;
  }
  return all === "" ? "{}" : `${all}}`;
}

/** Undefined for what JSON leaves out. */
function partText(_name: string, value: unknown): string | undefined {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  let text = texts.get(value);
  if (text === undefined) {
    text = JSON.stringify(value);
    texts.set(value, text);
  }
  return text;
}
