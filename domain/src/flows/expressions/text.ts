import { type EvaluateOptions, ExpressionError, type Value } from "./expression.ts";
import type { Node } from "./tree.ts";
import type { Scope, TypedResult } from "./types.ts";

/** What stands between the holes, and the holes. One more part than holes. */
export type CompiledText = {
  readonly source: string;
  readonly parts: readonly string[];
  readonly holes: readonly Node[];
};

/** How values are made harmless for the place they go to. The author's own words are left as they are. */
export type Escape = "plain" | "markdown" | "html";

/** Reads a text with holes `{{ formula }}`. Throws ExpressionError; `at` counts in the whole text. */
export function compileText(source: string): CompiledText {
  throw new ExpressionError("syntax", 0, `not read yet: ${source.length}`);
}

/** The text with its holes filled, one budget for all of them. Null renders empty. Throws ExpressionError. */
export function renderText(
  text: CompiledText,
  values: { readonly [name: string]: Value },
  options: EvaluateOptions,
  escape: Escape,
): string {
  throw new ExpressionError("syntax", 0, `not rendered yet: ${text.source.length} ${values} ${options.now} ${escape}`);
}

/** As typeOf, for all holes together. `nullable`: offsets of holes that may be null and then render empty. */
export function typeOfText(text: CompiledText, scope: Scope): TypedResult & { nullable: number[] } {
  throw new ExpressionError("syntax", 0, `not checked yet: ${text.source.length} ${scope.variables.size}`);
}
