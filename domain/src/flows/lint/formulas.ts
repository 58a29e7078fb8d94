import type { FindingCode } from "@clew/contract/flows/findings";
import type { Finding } from "@clew/contract/flows/lint";
import { LINK_PLACE } from "@clew/contract/limits";
import { type Compiled, compile, ExpressionError, type FormulaSize } from "../expressions/expression.ts";
import { spellingOf } from "../expressions/spelling.ts";
import { compileText } from "../expressions/text.ts";
import {
  fits,
  printType,
  type Type,
  type TypedResult,
  type TypeFinding,
  typeOf,
  typeOfText,
} from "../expressions/types.ts";
import { error, warning } from "./finding.ts";
import { type RoughFlow, textOf } from "./rough.ts";
import { orNull, type ScopeAt } from "./scope.ts";
import type { Place, Shape } from "./shape.ts";
import { isStricter, literalFits } from "./typed-value.ts";
import { typeNamed } from "./world.ts";

/** What a formula may read where it stands, and how large it may be. */
type Known = { at: ScopeAt; most: FormulaSize };

/** What all formulas and holes of a flow say, and the first names of the variables that they read. */
export type Formulas = { findings: Finding[]; reads: Set<string> };

export function formulaFindings(flow: RoughFlow, shape: Shape, known: Known): Formulas {
  const reads = new Set<string>();
  const findings = shape.places.flatMap((place) => {
    const read = readPlace(place, known);
    for (const name of read.typed?.reads ?? []) reads.add(name.split(/[.[]/)[0] ?? name);
    return [...linkFindings(flow, place), ...read.findings, ...privacyFindings(flow, place, read)];
  });
  return { findings, reads };
}

/** The customer's own link is made for words that are sent to them, and stands nowhere else. */
function linkFindings(flow: RoughFlow, { path, text }: Place): Finding[] {
  const [, list, id = "", part] = path.split("/");
  const type = textOf(flow.nodes.get(id)?.type);
  const sent = list === "nodes" && part === "text" && (type === "message.send" || type === "ask");
  if (sent || !text.includes(LINK_PLACE)) return [];
  const suggestion = "write it into the text of a message.send or an ask";
  return [error("unknown-variable", path, `there is no ${LINK_PLACE} in these words`, { suggestion })];
}

type Read = { findings: Finding[]; typed?: TypedResult; compiled?: Compiled };

function readPlace(place: Place, { at: scopeAt, most }: Known): Read {
  const { path, text, gives } = place;
  const spelled = spellingOf(text);
  if (spelled.kind === "literal") {
    const to = gives === undefined ? undefined : expected(gives);
    const fitting = to === undefined || typeof to === "string" || literalFits(spelled.value, to);
    return { findings: fitting ? [] : [error("type", path, `${JSON.stringify(text)} is not ${gives}`)] };
  }
  try {
    if (spelled.kind === "formula") {
      const compiled = compile(spelled.source, most);
      const typed = typeOf(compiled, scopeAt(path));
      const found = typed.errors.map((problem) => told(place, problem, spelled.offset));
      return { findings: [...found, ...(found.length === 0 ? givenFindings(place, typed.type) : [])], typed, compiled };
    }
    const typed = typeOfText(compileText(spelled.source, most), scopeAt(path));
    const nulls = typed.nullable.map((at) => {
      const message = `the hole at character ${at + spelled.offset + 1} may be empty`;
      return warning("null-in-text", path, message, { suggestion: "say what stands there then: coalesce(…, 'words')" });
    });
    return { findings: [...typed.errors.map((problem) => told(place, problem, spelled.offset)), ...nulls], typed };
  } catch (problem) {
    if (!(problem instanceof ExpressionError)) throw problem;
    const smaller = problem.code === "limit" ? { suggestion: SMALLER } : {};
    return { findings: [{ ...told(place, problem, spelled.offset), ...smaller }] };
  }
}

const SMALLER =
  "assign a part of it to a variable before; formulaCharacters, formulaParts and formulaDepth are raised by the operator";

const CODES = new Map<string, FindingCode>([
  ["variable", "unknown-variable"],
  ["field", "unknown-variable"],
  ["option", "type"],
  ["type", "type"],
]);

function told(
  { path }: Place,
  problem: Pick<TypeFinding, "code" | "at" | "message" | "suggestion">,
  offset: number,
): Finding {
  const sentence = problem.message.charAt(0).toLowerCase() + problem.message.slice(1);
  const message = `${sentence} (character ${problem.at + offset + 1})`;
  const suggestion = problem.suggestion === undefined ? {} : { suggestion: `did you mean "${problem.suggestion}"?` };
  return error(CODES.get(problem.code) ?? "formula", path, message, suggestion);
}

/** Kinds that people can read when they stand in a text. */
const NOT_READABLE = new Set<Type["kind"]>(["list", "map", "record", "address", "file", "consent", "signature"]);

function givenFindings({ path, gives }: Place, type: Type): Finding[] {
  if (gives === undefined || type.kind === "any") return [];
  const to = expected(gives);
  const fitting = typeof to === "string" ? kindFits(to, type) : fits(type, orNull(to));
  return fitting ? [] : [error("type", path, `the formula gives ${printType(type)}, ${gives} is needed`)];
}

function kindFits(to: "text" | "list" | "map", type: Type): boolean {
  if (type.kind === "null") return true;
  if (to === "text") return !NOT_READABLE.has(type.kind);
  return type.kind === to || (to === "map" && type.kind === "record");
}

/** "text" takes whatever can be read, "list" and "map" any of theirs; the others are types. */
function expected(gives: string): "text" | "list" | "map" | Type {
  return gives === "text" || gives === "list" || gives === "map" ? gives : typeNamed(gives);
}

function privacyFindings(flow: RoughFlow, place: Place, { typed, compiled }: Read): Finding[] {
  if (!typed) return [];
  const { privacy } = typed;
  const takes = flow.audience === "agent" && isShown(flow, place.path) ? "open" : place.takes;
  if (isStricter(privacy, takes)) {
    const what = typed.reads.join(", ");
    return [
      error("privacy", place.path, `${privacy} values may not go in here${what === "" ? "" : `: it reads ${what}`}`, {
        suggestion: privacy === "secret" ? "only the body or a header of an http.call takes a secret" : "leave it out",
      }),
    ];
  }
  if (privacy !== "secret" || !/^\/nodes\/[^/]+\/(body|headers)(\/|$)/.test(place.path) || isReference(compiled))
    return [];
  const message = "a secret can only be handed on whole: the engine holds a reference to it, not the value";
  return [
    error("privacy", place.path, message, { suggestion: 'write the formula as the name alone: "=screen.field"' }),
  ];
}

/** Words shown on a screen: the customer may read what the customer told, an agent may not read all of it. */
function isShown(flow: RoughFlow, path: string): boolean {
  const [, , id = "", part] = path.split("/");
  return textOf(flow.nodes.get(id)?.type) === "screen" && part === "components" && /\/text(\/|$)/.test(path);
}

function isReference(compiled: Compiled | undefined): boolean {
  let node = compiled?.root;
  while (node?.kind === "member") node = node.of;
  return node?.kind === "name";
}
