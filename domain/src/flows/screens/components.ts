import type { Component, FieldComponent, RepeatComponent } from "@clew/contract/flows/components";
import { CONTAINER_KINDS, DISPLAY_KINDS } from "@clew/contract/flows/words";

/** What is answered: a field, or a `repeat` whose answer is a list. */
export type Question = FieldComponent | RepeatComponent;
/** A condition as it is written; absent: it holds. */
export type When = string | boolean | undefined;
/** A question with all the conditions under which it is asked: its own and those of the groups around. */
export type Asked = { question: Question; when: readonly When[] };

const NOT_FIELDS = new Set<string>([...DISPLAY_KINDS, ...CONTAINER_KINDS]);

export function isField(component: Component): component is FieldComponent {
  return !NOT_FIELDS.has(component.kind);
}

/** The questions of a page in order, those in groups among them; a `repeat` counts as one. */
export function fieldsOf(components: readonly Component[]): Question[] {
  return askedIn(components).map(({ question }) => question);
}

export function askedIn(components: readonly Component[], around: readonly When[] = []): Asked[] {
  return components.flatMap((component) => {
    const when = [...around, component.visible];
    if (component.kind === "group") return askedIn(component.components, when);
    return component.kind === "repeat" || isField(component) ? [{ question: component, when }] : [];
  });
}
