import type { Value } from "../expressions/value.ts";
import type { PageField } from "./page.ts";
import { type Shown, screenText } from "./present.ts";

/** What a field is called: its label; in a repeat with the number of its item before it. */
export function labelOfField(
  id: string,
  { question }: PageField,
  seen: Readonly<Record<string, Value>>,
  shown: Shown,
): string {
  const label = screenText(question.label, seen, shown) || question.id;
  const index = /\/(\d+)\//.exec(id)?.[1];
  return index === undefined ? label : `${Number(index) + 1} · ${label}`;
}
