import type { Component } from "@clew/contract/flows/components";

/** The components of a page, those in groups among them. */
export function allComponents(components: readonly Component[]): Component[] {
  return components.flatMap((one) => (one.kind === "group" ? allComponents(one.components as Component[]) : [one]));
}

/** What is kept in memory alone. */
export function isSecret(component: Component): boolean {
  return (
    component.kind === "secret" ||
    component.kind === "payment" ||
    ("privacy" in component && component.privacy === "secret")
  );
}
