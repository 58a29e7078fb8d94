import type { Flow } from "@clew/contract/flows/definition";
import type { RunHindrance } from "@clew/contract/flows/runs";
import type { FrameMove } from "../engine/moving.ts";
import type { Value } from "../expressions/expression.ts";
import { withNull } from "../expressions/type-language.ts";
import { fits, printType, type Type, type Variable } from "../expressions/types.ts";
import { isMap } from "../expressions/value.ts";
import { nodePath } from "../lint/finding.ts";
import { graphOf } from "../lint/graph.ts";
import { roughFlow } from "../lint/rough.ts";
import { scopes } from "../lint/scope.ts";
import { isStricter, literalFits } from "../lint/typed-value.ts";

type Names = ReadonlyMap<string, Variable>;
type Tell = (code: RunHindrance["code"], value: string, message: string) => RunHindrance;

/**
 * Everything that a run knows must have a place of its name in the other version: a type that takes it, and no more open
 * than it was. Null is nothing that could be lost, nor is what a variable that is gone holds from its declaration.
 */
export function valueHindrances({ frame, from, to }: FrameMove): RunHindrance[] {
  const [before, after] = [namesAt(from, frame.node), namesAt(to, frame.node)];
  const tell: Tell = (code, value, message) => ({ code, flow: to.key, node: frame.node, value, message });
  const known = Object.entries(frame.values).filter(
    ([name, value]) => value !== null && (after.has(name) || !isUsual(from, name, value)),
  );
  return [
    ...known.flatMap(([name, value]) => {
      const was = before.get(name);
      return was ? misfits({ name, value, was, is: after.get(name) }, tell) : [];
    }),
    ...Object.entries(to.inputs ?? {})
      .filter(
        ([name, { required, default: usual }]) => required && usual === undefined && isMissing(frame.values, name),
      )
      .map(([name]) => tell("input-missing", name, `the input ${name} is required there, and the run has none`)),
  ];
}

function misfits(
  { name, value, was, is }: { name: string; value: Value; was: Variable; is: Variable | undefined },
  tell: Tell,
): RunHindrance[] {
  if (!is) return [tell("value-gone", name, `${name} has a value, and there is no ${name} there`)];
  const [from, to] = [withNull(was.type, false), withNull(is.type, false)];
  const members =
    "fields" in from && from.fields && "fields" in to && to.fields ? { from: from.fields, to: to.fields } : null;
  if (members && isMap(value)) {
    return Object.entries(value).flatMap(([member, part]) => {
      const one = members.from.get(member);
      const place = { name: `${name}.${member}`, value: part, is: members.to.get(member) };
      return one && part !== null ? misfits({ ...place, was: one }, tell) : [];
    });
  }
  if (!takes(to, from, value))
    return [tell("value-type", name, `${name} is ${printType(from)}, and ${printType(to)} there`)];
  if (isStricter(was.privacy ?? "open", is.privacy ?? "open"))
    return [tell("value-privacy", name, `${name} is ${was.privacy}, and ${is.privacy ?? "open"} there`)];
  return [];
}

/** An option that is gone and was not chosen is no loss: of choices the value itself is asked. */
function takes(to: Type, from: Type, value: Value): boolean {
  const choices = isChoice(to) && isChoice(from) && to.kind === from.kind;
  return choices ? literalFits(value, to) : fits(from, to);
}

function isChoice(type: Type): boolean {
  return type.kind === "choice" || (type.kind === "list" && type.of.kind === "choice");
}

/** What formulas may name at a node. */
function namesAt(flow: Flow, node: string): Names {
  const rough = roughFlow(flow);
  return scopes(rough, graphOf(rough), {}).at(nodePath(node)).variables;
}

function isUsual(flow: Flow, name: string, value: Value): boolean {
  const usual = Object.hasOwn(flow.vars ?? {}, name) ? flow.vars?.[name]?.default : undefined;
  return usual !== undefined && JSON.stringify(usual) === JSON.stringify(value);
}

function isMissing(values: Readonly<Record<string, Value>>, name: string): boolean {
  return !Object.hasOwn(values, name) || values[name] === null;
}
