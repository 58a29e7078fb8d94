import { type Node, type Source, walk } from "../../bin/checks/sources.ts";
import type { Page } from "./pages.ts";

const RULE = /^- \*\*([A-Z]+\d+)\*\*/gm;
const NAMED = /\[([A-Z]+\d+)\]/g;

/** The numbers that docs/rules/*.md give to rules: lines that begin `- **S12**`. */
export function numberedRules(pages: Page[]): string[] {
  return pages
    .filter(({ path }) => /^docs[\\/]rules[\\/]/.test(path))
    .flatMap(({ text }) => [...text.matchAll(RULE)].map((match) => match[1] as string));
}

/** The numbers that titles of tests name: `[S12] a held agent is offered first`. A comment does not count. */
export function rulesNamedByTests(sources: Source[]): Set<string> {
  const named = new Set<string>();
  for (const { path, tree } of sources) {
    if (!/\.test\.tsx?$/.test(path)) continue;
    walk(tree, (node) => {
      for (const match of textOf(node).matchAll(NAMED)) named.add(match[1] as string);
    });
  }
  return named;
}

function textOf(node: Node): string {
  if (node.type === "Literal" && typeof node.value === "string") return node.value;
  if (node.type === "TemplateElement") return (node.value as { raw: string }).raw;
  return "";
}
