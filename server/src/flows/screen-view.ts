import type { Flow, NodeOf } from "@clew/contract/flows/definition";
import type { RunScreen } from "@clew/contract/flows/runs";
import type { Run } from "@clew/domain/flows/engine/run";
import { titleOfScreen } from "@clew/domain/flows/screens/present";
import type { FlowLibrary } from "./library.ts";
import { summaryOf } from "./runs-reads.ts";
import type { RunRow } from "./runs-store.ts";

/** What a run shows its agent now: a screen, or in a word what it waits for. */
export function screenView(row: RunRow, run: Run, { library, now }: { library: FlowLibrary; now: number }): RunScreen {
  const { blocked } = run;
  const formIds =
    blocked?.kind === "wait" ? blocked.waits.flatMap(({ event }) => (event?.type === "form" ? [event.key] : [])) : [];
  const screen = blocked?.kind === "screen" ? shown(run, blocked, library, now) : null;
  const waitsFor =
    blocked?.kind === "operation" || blocked?.kind === "yield"
      ? "operation"
      : blocked?.kind !== "wait"
        ? null
        : formIds.length > 0
          ? "form"
          : blocked.waits.some(({ event }) => event)
            ? "event"
            : "time";
  return { run: summaryOf(row), screen, waitsFor, formIds };
}

function shown(
  run: Run,
  blocked: Extract<NonNullable<Run["blocked"]>, { kind: "screen" }>,
  library: FlowLibrary,
  now: number,
): RunScreen["screen"] {
  const frame = run.frames.at(-1);
  const flow: Flow | null = frame ? library.flow(frame.key, frame.version) : null;
  const node = frame && flow && Object.hasOwn(flow.nodes, frame.node) ? flow.nodes[frame.node] : undefined;
  if (!frame || node?.type !== "screen") return null;
  const { buttons = {} } = node as NodeOf<"screen">;
  return {
    id: blocked.id,
    node: frame.node,
    title: titleOfScreen(node, frame.values, { now, zone: run.zone, locale: run.locale, labels: frame.labels }),
    components: node.components,
    values: blocked.saved,
    scope: frame.values,
    labels: frame.labels,
    buttons: {
      next: buttons.next === false ? null : typeof buttons.next === "string" ? buttons.next : "",
      back: buttons.back === undefined ? frame.screens.length > 0 : buttons.back !== false && frame.screens.length > 0,
      save: buttons.save !== undefined && buttons.save !== false,
      cancel: buttons.cancel !== false,
    },
  };
}
