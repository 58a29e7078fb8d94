import type { Finding } from "@clew/contract/flows/lint";
import { IconAlertTriangle, IconArrowRight, IconCornerDownRight, IconInfoCircle } from "@tabler/icons-react";
import { type KeyboardEvent, useEffect, useMemo, useRef } from "react";
import { useFlowEditing } from "../editor/editing.tsx";
import { lineAt } from "../editor/places.ts";
import { type Line, outlineOf } from "../model/outline.ts";
import { nodesOf, typeOf } from "../model/rough.ts";
import { f, wordOf } from "../strings/words.ts";
import { lineText } from "./line-text.ts";
import classes from "./outline.module.css";
import type { OutlineActions } from "./use-outline-actions.ts";

/** All steps as a tree that is gone through with the arrow keys; what is chosen is shown in the panel beside it. */
export function Outline({ title, actions, onEnter }: { title: string; actions: OutlineActions; onEnter(): void }) {
  const { definition, findings, chosen, choose, readOnly } = useFlowEditing();
  const lines = useMemo(() => outlineOf(definition), [definition]);
  const nodes = useMemo(() => nodesOf(definition), [definition]);
  const byLine = useMemo(() => findingsByLine(definition, findings), [definition, findings]);
  const tree = useRef<HTMLDivElement>(null);
  const index = Math.max(
    lines.findIndex(({ key }) => key === chosen),
    0,
  );
  // The chosen line may have come or gone with a change: the focus stays in the tree, on the line that is chosen now.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the lines are not read, their change is the news
  useEffect(() => {
    const item = tree.current?.querySelector<HTMLElement>('[tabindex="0"]');
    if (tree.current?.contains(document.activeElement) || tree.current?.dataset.lost) item?.focus();
    item?.scrollIntoView({ block: "nearest" });
    delete tree.current?.dataset.lost;
  }, [chosen, lines]);

  const go = (to: number) => {
    const line = lines[Math.min(Math.max(to, 0), lines.length - 1)];
    if (line) choose(line.key);
  };
  const parentOf = (line: Line | undefined) =>
    line && "parent" in line ? lines.findIndex(({ key }) => key === line.parent) : -1;
  const onKeyDown = (event: KeyboardEvent) => {
    const line = lines[index];
    const moves: Record<string, () => void> = {
      ArrowDown: () => (event.altKey ? actions.move?.(1) : go(index + 1)),
      ArrowUp: () => (event.altKey ? actions.move?.(-1) : go(index - 1)),
      ArrowRight: () => (lines[index + 1]?.level ?? 0) > (line?.level ?? 0) && go(index + 1),
      ArrowLeft: () => parentOf(line) >= 0 && go(parentOf(line)),
      Home: () => go(0),
      End: () => go(lines.length - 1),
      Enter: onEnter,
      " ": onEnter,
      Insert: () => actions.openAdd?.(),
      Delete: () => {
        // The line goes away with its focus; the effect above brings it back.
        if (tree.current) tree.current.dataset.lost = "true";
        actions.remove?.();
      },
    };
    const undoing = (event.metaKey || event.ctrlKey) && event.key.toLowerCase() === "z";
    const move = undoing ? (event.shiftKey ? actions.redo : actions.undo) : moves[event.key];
    if (!move || ((event.metaKey || event.ctrlKey) && !undoing)) return;
    event.preventDefault();
    event.stopPropagation();
    move();
  };
  return (
    <>
      {!readOnly && <p className={classes.help}>{f("outline.help")}</p>}
      <div
        role="tree"
        tabIndex={-1}
        aria-label={f("outline.label", { title })}
        className={classes.tree}
        ref={tree}
        onKeyDown={onKeyDown}
      >
        {lines.map((line, at) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: keys are heard by the tree
          <div
            key={line.key}
            role="treeitem"
            aria-level={line.level}
            aria-selected={at === index}
            tabIndex={at === index ? 0 : -1}
            className={classes.line}
            data-kind={line.kind}
            style={{ paddingInlineStart: `${0.625 + (line.level - 1) * 1.125}rem` }}
            onClick={() => choose(line.key)}
          >
            <LineIcon line={line} />
            <span className={classes.text}>
              <bdi>{lineText(line, nodes)}</bdi>
            </span>
            {line.kind === "node" && <span className={classes.type}>{typeName(typeOf(nodes.get(line.id)))}</span>}
            <Badge findings={byLine.get(line.key)} />
          </div>
        ))}
      </div>
    </>
  );
}

export function typeName(type: string): string {
  return type === "" ? f("type.unknown") : wordOf("type", type);
}

function LineIcon({ line }: { line: Line }) {
  if (line.kind === "branch") return <IconCornerDownRight size={15} aria-hidden className={classes.icon} />;
  if (line.kind === "goto") return <IconArrowRight size={15} aria-hidden className={classes.icon} />;
  return null;
}

/** How much is wrong with a step, as a sign with words. */
export function Badge({ findings }: { findings: readonly Finding[] | undefined }) {
  if (!findings?.length) return null;
  const errors = findings.filter(({ severity }) => severity === "error").length;
  const warnings = findings.length - errors;
  const words = errors > 0 ? f("outline.errors", { count: errors }) : f("outline.warnings", { count: warnings });
  return (
    <span className={classes.badge} data-severity={errors > 0 ? "error" : "warning"} title={words}>
      {errors > 0 ? <IconAlertTriangle size={15} aria-hidden /> : <IconInfoCircle size={15} aria-hidden />}
      <span className={classes.hidden}>{words}</span>
    </span>
  );
}

export function findingsByLine(definition: unknown, findings: readonly Finding[]): Map<string, Finding[]> {
  return Map.groupBy(findings, ({ path }) => lineAt(definition, path));
}
