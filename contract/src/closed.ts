import { type TLiteral, type TUnion, Type } from "typebox";

/** A closed list of words as a schema: `closed(["a", "b"])` accepts "a" and "b" only and infers `"a" | "b"`. */
export function closed<const Words extends readonly string[]>(
  words: Words,
): TUnion<{ -readonly [K in keyof Words]: TLiteral<Words[K]> }> {
  return Type.Union(words.map((word) => Type.Literal(word))) as never;
}
