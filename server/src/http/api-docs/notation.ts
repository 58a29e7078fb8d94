import type { TSchema } from "typebox";
import { escapeHtml } from "../html.ts";
import { NAMED } from "./named-schemas.ts";

type Loose = TSchema & {
  anyOf?: Loose[];
  const?: unknown;
  type?: string;
  properties?: Record<string, Loose>;
  required?: string[];
  patternProperties?: Record<string, Loose>;
  items?: Loose;
  description?: string;
};

/** A schema as people read it: the notation of TypeScript, with names that link to where they are explained. */
export function notation(schema: TSchema, depth = 0, top = false): string {
  const loose = schema as Loose;
  const name = NAMED.get(schema);
  if (name !== undefined && !top) return `<a href="#${name}">${name}</a>`;
  if (loose.anyOf) return union(loose.anyOf, depth);
  if (loose.const !== undefined) return escapeHtml(JSON.stringify(loose.const));
  if (loose.type === "array") return `${notation(loose.items ?? {}, depth)}[]`;
  if (loose.type === "object") return object(loose, depth);
  return escapeHtml(loose.type ?? "any");
}

function union(branches: Loose[], depth: number): string {
  const parts = branches.map((branch) => notation(branch, depth));
  const isShort = parts.every((part) => !part.includes("\n")) && parts.join(" | ").length < 400;
  return isShort ? parts.join(" | ") : parts.map((part) => `\n${indent(depth)}| ${part}`).join("");
}

function object({ properties = {}, required = [], patternProperties }: Loose, depth: number): string {
  const pattern = Object.values(patternProperties ?? {})[0];
  if (pattern) return `{ [key]: ${notation(pattern, depth)} }`;
  const lines = Object.entries(properties).map(([key, item]) => {
    const mark = required.includes(key) ? "" : "?";
    const says = item.description && !NAMED.has(item) ? `  <i>${escapeHtml(item.description)}</i>` : "";
    return `${indent(depth + 1)}${escapeHtml(/^\w+$/.test(key) ? key : JSON.stringify(key))}${mark}: ${notation(item, depth + 1)}${says}`;
  });
  return lines.length === 0 ? "{}" : `{\n${lines.join("\n")}\n${indent(depth)}}`;
}

function indent(depth: number): string {
  return "  ".repeat(depth);
}
