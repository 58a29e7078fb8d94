import type { Component } from "@clew/contract/flows/components";
import type { Form } from "../cowork/form.ts";
import { fieldsOf, type Question } from "../screens/components.ts";
import { privacyOf } from "../screens/privacy.ts";

/** Kinds that no message can answer. */
const NOT_BY_MESSAGE = new Set<Question["kind"]>(["secret", "file", "signature", "payment"]);

/** The first field that cannot be asked by a message; null: all can. What is secret must not stand in a conversation. */
export function unaskable({ screens }: Form): string | null {
  for (const [node, { components }] of screens) {
    const found = unaskableIn(components);
    if (found) return `${node}.${found}`;
  }
  return null;
}

function unaskableIn(components: readonly Component[]): string | null {
  for (const question of fieldsOf(components)) {
    if (question.kind === "repeat") {
      const inner = unaskableIn(question.components);
      if (inner) return `${question.id}.${inner}`;
    } else if (NOT_BY_MESSAGE.has(question.kind) || privacyOf(question) === "secret") return question.id;
  }
  return null;
}
