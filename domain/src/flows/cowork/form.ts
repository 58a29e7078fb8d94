import type { Component } from "@clew/contract/flows/components";
import type { Flow, NodeOf } from "@clew/contract/flows/definition";
import type { Values } from "../engine/run.ts";
import { askedIn, fieldsOf, type Question } from "../screens/components.ts";
import type { FormFlows } from "../screens/form-path.ts";
import { privacyOf } from "../screens/privacy.ts";
import { fieldParts } from "./draft.ts";

/** A form as it was published. `drafted` is the same without what only the browser knows: of its secrets payments alone are asked. */
export type Form = {
  flows: FormFlows;
  drafted: FormFlows;
  screens: ReadonlyMap<string, NodeOf<"screen">>;
};

/** `flows` as the library has them. Screens of flows that it calls belong to the form. */
export function formOf(flows: FormFlows): Form {
  const subflow = flows.subflow;
  return {
    flows,
    drafted: {
      ...flows,
      flow: withoutSecrets(flows.flow),
      ...(subflow
        ? {
            subflow: (key: string, version: number) => {
              const called = subflow(key, version);
              return called && withoutSecrets(called);
            },
          }
        : {}),
    },
    screens: screensOf(flows),
  };
}

function screensOf(flows: FormFlows): Map<string, NodeOf<"screen">> {
  const screens = new Map<string, NodeOf<"screen">>();
  const seen = new Set<string>();
  const look = (flow: Flow, version: number) => {
    if (seen.has(`${flow.key} ${version}`)) return;
    seen.add(`${flow.key} ${version}`);
    for (const [name, node] of Object.entries(flow.nodes)) {
      if (node.type === "screen") screens.set(name, node);
      if (node.type !== "subflow") continue;
      const called = flows.locked?.(flow.key, version, node.flow) ?? null;
      const other = called === null ? null : flows.subflow?.(node.flow, called);
      if (other && called !== null) look(other, called);
    }
  };
  look(flows.flow, flows.version);
  return screens;
}

/** A secret has no draft: nothing that depends on one may keep a draft from going on. */
function withoutSecrets(flow: Flow): Flow {
  const nodes = Object.entries(flow.nodes).map(([name, node]) => [
    name,
    node.type === "screen" ? { ...node, components: relaxed(node.components) } : node,
  ]);
  return { ...flow, nodes: Object.fromEntries(nodes) as Flow["nodes"] };
}

function relaxed<C extends Component>(components: readonly C[]): C[] {
  return components.map((component): C => {
    if (component.kind === "group" || component.kind === "repeat")
      return { ...component, components: relaxed(component.components as Component[]) } as C;
    if (privacyOf(component as Question) !== "secret" || component.kind === "payment") return component;
    const { rules: _rules, ...rest } = component as C & { rules?: unknown };
    return { ...rest, required: false, minLength: undefined, maxLength: undefined } as unknown as C;
  });
}

/** The question that a field answers; null: the form has none of this name. */
export function questionOf({ screens }: Form, field: string): Question | null {
  const parts = fieldParts(field);
  const screen = parts && screens.get(parts.node);
  const question = screen && fieldsOf(screen.components).find(({ id }) => id === parts.id);
  if (!question || !parts) return null;
  if (parts.inner === null) return question;
  if (question.kind !== "repeat") return null;
  return askedIn(question.components).find(({ question: { id } }) => id === parts.inner)?.question ?? null;
}

/** Every field that carries the name, as `node.name`: what flows hand in names no screen. */
export function fieldsNamed({ screens }: Form, name: string): string[] {
  return [...screens].flatMap(([node, { components }]) =>
    fieldsOf(components).some(({ id }) => id === name) ? [`${node}.${name}`] : [],
  );
}

/** Whether something is to be paid somewhere in the form. */
export function asksPayment({ screens }: Form): boolean {
  return [...screens.values()].some(({ components }) => fieldsOf(components).some(({ kind }) => kind === "payment"));
}

export function countQuestions({ screens }: Form): number {
  return [...screens.values()].reduce((sum, { components }) => sum + fieldsOf(components).length, 0);
}

/** Values without what is private or secret, as staff may read them. */
export function openInputs(flow: Flow, values: Values): Values {
  return Object.fromEntries(
    Object.entries(values).filter(([name]) => {
      const declared = flow.inputs?.[name] ?? flow.vars?.[name];
      return declared !== undefined && (declared.privacy ?? "open") === "open";
    }),
  );
}
