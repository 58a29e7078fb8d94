import type { RunScreen } from "@clew/contract/flows/runs";
import type { Value } from "@clew/domain/flows/expressions/expression";
import "@clew/domain/flows/screens/every-kind";
import { checkPage, type Page } from "@clew/domain/flows/screens/page";
import { type Shown, screenText } from "@clew/domain/flows/screens/present";

export type ScreenView = NonNullable<RunScreen["screen"]>;
/** What stands in the fields, as typed; normalised where it is kept. */
export type Answers = Record<string, unknown>;
type Values = Readonly<Record<string, Value>>;

/** Under which circumstances the staff's screens are read: their own clock, zone and language. */
export function shownOf({ labels }: Pick<ScreenView, "labels">): Shown {
  return {
    now: Date.now(),
    zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    locale: "en",
    labels,
  };
}

/** The questions that are asked as the answers stand. */
export function pageOf(screen: ScreenView, values: Answers): Page {
  return checkPage(screen.components, values, {
    scope: screen.scope as Values,
    shown: shownOf(screen),
    held: screen.values,
  });
}

/** A text of the screen with its holes filled from what stands around and what is answered. */
export function textFor(
  written: Parameters<typeof screenText>[0],
  page: Page,
  screen: ScreenView,
  target?: "markdown",
): string {
  return screenText(written, page.seen, shownOf(screen), target);
}

/** What is sent: of each question that is asked what was typed, or what it began with. */
export function answersOf(page: Page, values: Answers): Answers {
  const asked = [...page.fields].filter(([id]) => !id.includes("/"));
  return Object.fromEntries(asked.map(([id, { value }]) => [id, Object.hasOwn(values, id) ? values[id] : value]));
}
