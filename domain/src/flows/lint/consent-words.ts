import type { Finding } from "@clew/contract/flows/lint";
import { below, nodePath, warning } from "./finding.ts";
import { componentsOf, type RoughFlow, textOf } from "./rough.ts";
import { type LintWorld, liveFlows } from "./world.ts";

type Words = { path: string; textId: string; version: unknown; words: string };

/** A version of a text stands for one wording: it is what a receipt names. */
export function wordFindings(flow: RoughFlow, world: LintWorld): Finding[] {
  const published = liveFlows(world).flatMap((other) => wordsOf(other).map((words) => ({ key: other.key, ...words })));
  return wordsOf(flow).flatMap(({ path, textId, version, words }) => {
    const other = published.find((one) => one.textId === textId && one.version === version && one.words !== words);
    if (!other) return [];
    const where = other.key === flow.key ? "this flow as it is live" : other.key;
    const message = `${where} has other words for version ${version} of "${textId}"`;
    const suggestion = "raise textVersion, or use the same words";
    return [warning("name-taken", below(path, "textVersion"), message, { suggestion })];
  });
}

function wordsOf(flow: RoughFlow): Words[] {
  return [...flow.nodes].flatMap(([id, node]) =>
    componentsOf(node)
      .filter(({ fields }) => fields.kind === "consent")
      .map(({ fields, path }) => ({
        path: nodePath(id) + path,
        textId: textOf(fields.textId),
        version: fields.textVersion,
        words: JSON.stringify(fields.text ?? fields.label ?? ""),
      })),
  );
}
