import type { Finding } from "@clew/contract/flows/lint";
import { compile, ExpressionError } from "../expressions/expression.ts";
import { partsOf } from "../expressions/reads.ts";
import { spellingOf } from "../expressions/spelling.ts";
import { compileText } from "../expressions/text.ts";
import type { Node } from "../expressions/tree.ts";
import { error, warning } from "./finding.ts";
import { didYouMean, nearest } from "./nearest.ts";
import type { Place, Shape } from "./shape.ts";
import type { LintWorld } from "./world.ts";

const SERVED_AT = "/assets/";
/** Behind the words of its author, a picture's name has a piece of its content's hash and its kind. */
const TAIL = /-[0-9a-f]{16}\.(png|jpg|gif|webp)$/;

/**
 * Pictures by a name that is not in the store, and names where a file is wanted. A name that is computed is not known
 * here, which is told where the others are checked.
 */
export function assetFindings(shape: Shape, { assets }: LintWorld): Finding[] {
  return shape.places.flatMap((place) => {
    if (/^\/nodes\/[^/]+\/attachments\/\d+$/.test(place.path)) return attached(place);
    if (!assets) return [];
    const names = namesIn(place);
    const known = names.filter((name) => name !== null);
    return [
      ...[...new Set(known)].flatMap((name) => missing(place.path, name, assets)),
      ...(known.length < names.length ? [computed(place.path)] : []),
    ];
  });
}

function computed(path: string): Finding {
  const suggestion =
    "choose between whole names, such as =boat ? asset('boat-…') : asset('car-…'), or make sure that alt says it all";
  return warning("unknown-name", path, "the name of this picture is computed: whether there is one cannot be checked", {
    suggestion,
  });
}

function missing(path: string, name: string, assets: readonly string[]): Finding[] {
  if (assets.includes(name)) return [];
  const message = `there is no picture "${name}" in the store`;
  return [error("unknown-name", path, message, meant(name, assets))];
}

/** Who leaves out the hash means the picture all the same. */
function meant(name: string, assets: readonly string[]): { suggestion?: string } {
  const words = (one: string) => one.replace(TAIL, "").replace(/\.[a-z]+$/, "");
  const close = nearest(
    words(name),
    assets.map((one) => words(one)),
  );
  const same = assets.find((one) => words(one) === close);
  if (same) return { suggestion: `did you mean "${same}"?` };
  const offered = didYouMean(name, assets);
  return offered.suggestion ? offered : { suggestion: "an admin adds it under Pictures" };
}

/** Only files of the conversation itself can be attached. */
function attached({ path, text }: Place): Finding[] {
  const isName =
    spellingOf(text).kind !== "formula" ||
    rootsOf(text).some((root) => root.kind === "literal" || (root.kind === "call" && root.name === "asset"));
  if (!isName) return [];
  const suggestion = 'give a file that was sent, such as "=form.bill"; a picture is shown in a form';
  return [error("type", path, "a file is attached here, and this is a name", { suggestion })];
}

/** The names that are written in a text; null for each that only a run knows. */
function namesIn({ path, text }: Place): (string | null)[] {
  const isAddress = spellingOf(text).kind === "literal" && path.endsWith("/src") && text.startsWith(SERVED_AT);
  return isAddress ? [text.slice(SERVED_AT.length)] : rootsOf(text).flatMap(calledFor);
}

/** The formulas of a text; none where they cannot be read, which is told elsewhere. */
function rootsOf(text: string): Node[] {
  const spelling = spellingOf(text);
  try {
    if (spelling.kind === "formula") return [compile(spelling.source).root];
    if (spelling.kind === "text") return [...compileText(spelling.source).holes];
    return [];
  } catch (problem) {
    if (problem instanceof ExpressionError) return [];
    throw problem;
  }
}

function calledFor(node: Node): (string | null)[] {
  const name = node.kind === "call" && node.name === "asset" ? node.arguments[0] : undefined;
  const written = name?.kind === "literal" && typeof name.value === "string" ? name.value : null;
  const own = name ? [written] : [];
  const parts = node.kind === "macro" ? [...partsOf(node), node.body] : partsOf(node);
  return [...own, ...parts.flatMap(calledFor)];
}
