import { LINK_PLACE } from "@clew/contract/limits";
import { evaluateNode } from "./evaluate.ts";
import { ExpressionError } from "./expression-error.ts";
import { format } from "./format.ts";
import { type Escape, escaped } from "./harmless.ts";
import { takes } from "./known-functions.ts";
import { moneyOf } from "./money.ts";
import type { EvaluateOptions } from "./options.ts";
import { LARGEST, parse } from "./parse.ts";
import { chargeText, fail, type Run, startRun } from "./run.ts";
import type { Node } from "./tree.ts";
import { isList, isMap, type Value, type ValueMap } from "./value.ts";

export type { Escape } from "./harmless.ts";

export const MAX_TEXT = 20_000;
export const MAX_HOLES = 100;

/** What stands between the holes, and the holes: one part more than holes. Plain data. */
export type CompiledText = {
  readonly source: string;
  readonly parts: readonly string[];
  readonly holes: readonly Node[];
};

/**
 * Reads a text with holes `{{ formula }}`, each of them at most so large. The place of the customer's own link is no hole: the author's words keep it, and
 * who sends them fills it. Throws ExpressionError; `at` counts in the whole text.
 */
export function compileText(source: string, most = LARGEST): CompiledText {
  if (source.length > MAX_TEXT)
    throw new ExpressionError("limit", MAX_TEXT, `The text is longer than ${MAX_TEXT} characters`);
  const parts: string[] = [];
  const holes: Node[] = [];
  let from = 0;
  for (let open = nextHole(source, 0); open >= 0; open = nextHole(source, from)) {
    if (holes.length === MAX_HOLES)
      throw new ExpressionError("limit", open, `The text has more than ${MAX_HOLES} holes`);
    const { root, end } = parse(source, open + 2, takes, most);
    if (!source.startsWith("}}", end))
      throw new ExpressionError("syntax", end, "The hole should have ended here, with }}");
    parts.push(source.slice(from, open));
    holes.push(root);
    from = end + 2;
  }
  parts.push(source.slice(from));
  return { source, parts, holes };
}

function nextHole(source: string, from: number): number {
  const open = source.indexOf("{{", from);
  return open >= 0 && source.startsWith(LINK_PLACE, open) ? nextHole(source, open + LINK_PLACE.length) : open;
}

/**
 * The text with its holes filled, one budget for all of them. What fills a hole is made harmless for where the text goes;
 * the author's own words stay as they are. Null renders empty. Throws ExpressionError, "type" for a list or a map.
 */
export function renderText(text: CompiledText, values: ValueMap, options: EvaluateOptions, target: Escape): string {
  const run = startRun(values, options);
  const filled = text.holes.map((hole) => {
    const value = evaluateNode(run, hole, null);
    run.at = hole.at;
    // A customer's words must not become a link.
    return escaped(words(run, value), target).replaceAll(LINK_PLACE, LINK_PLACE.slice(1, -1));
  });
  return text.parts.map((part, index) => part + (filled[index] ?? "")).join("");
}

/** Money reads as people write it; a list or another map has to be put into words by the author. */
function words(run: Run, value: Value): string {
  if (value === null) return "";
  if (isMap(value) && moneyOf(value)) return format(run, value);
  if (isList(value) || isMap(value))
    throw fail(run, "type", `A hole takes no ${isList(value) ? "list" : "map"}: use join or format`);
  const text = String(value);
  chargeText(run, text.length);
  return text;
}
