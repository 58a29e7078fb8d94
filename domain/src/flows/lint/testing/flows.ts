import type { Finding } from "@clew/contract/flows/lint";
import { type LintWorld, lint } from "../lint.ts";

type Fields = Record<string, unknown>;

/** The least that each kind of flow needs; `more` adds to it or replaces. */
export function background(nodes: Fields, more: Fields = {}): Fields {
  return { $schema: "flow/1", key: "some.flow", kind: "background", start: Object.keys(nodes)[0], nodes, ...more };
}

export function routing(nodes: Fields, more: Fields = {}): Fields {
  return background(nodes, { kind: "routing", ...more });
}

export function agentScreen(nodes: Fields, more: Fields = {}): Fields {
  return background(nodes, { kind: "screen", audience: "agent", ...more });
}

export function form(nodes: Fields, more: Fields = {}): Fields {
  return background(nodes, { kind: "screen", audience: "customer", ...more });
}

export const END = { type: "end" };

/** One screen with these components, and an end. */
export function asking(components: Fields[], end: Fields = END): Fields {
  return { ask: { type: "screen", components, next: "end" }, end };
}

/** What the linter says, a line each: "error unknown-node /nodes/a/next". */
export function said(flow: unknown, world?: LintWorld): string[] {
  return lint(flow, world).map(({ severity, code, path }) => `${severity} ${code} ${path}`);
}

export function finding(flow: unknown, code: string, world?: LintWorld): Finding | undefined {
  return lint(flow, world).find((each) => each.code === code);
}
