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

function withParts(whole: object, textOf: (name: string, value: unknown) => string | undefined): string {
  const parts: string[] = [];
  for (const [name, value] of Object.entries(whole)) {
    const text = textOf(name, value);
    if (text !== undefined) parts.push(`"${name}":${text}`);
  }
  return `{${parts.join(",")}}`;
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
