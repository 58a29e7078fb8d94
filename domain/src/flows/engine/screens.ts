import type { Context, Move } from "./context.ts";
import type { Input } from "./given.ts";
import type { Values } from "./run.ts";

/** The run waits for a person at its screen. What the screen shows follows from the run; see `domain/flows/screens`. */
export function showScreen(context: Context): Move {
  const { frame } = context;
  const earlier = frame.values[frame.node];
  const saved = typeof earlier === "object" && !Array.isArray(earlier) ? { ...(earlier as Values) } : {};
  return { block: { kind: "screen", id: context.newId(), saved } };
}

/** A button of the screen. Answers that do not fit keep the run where it is. */
export function answerScreen(
  context: Context,
  { button, values }: Extract<Input, { type: "answer" }>,
): Move | "not-taken" | { problems: Record<string, string> } {
  const { node, frame, run, given } = context;
  if (node.type !== "screen" || run.blocked?.kind !== "screen") return "not-taken";
  switch (button) {
    case "cancel":
      return { go: "cancelled" };
    case "save":
      return { block: { ...run.blocked, saved: values } };
    case "back": {
      const before = frame.screens.at(-1);
      if (!before) return "not-taken";
      frame.screens = frame.screens.slice(0, -1);
      frame.node = before;
      run.blocked = null;
      return showScreen(context);
    }
    case "next": {
      const checked = given.checkScreen(node, values, frame.values, context.shown);
      if (!checked.ok) return { problems: checked.problems };
      context.set(frame.node, checked.values);
      context.label(frame.node, checked.labels);
      frame.screens = [...frame.screens, frame.node];
      return { go: "next" };
    }
  }
}
