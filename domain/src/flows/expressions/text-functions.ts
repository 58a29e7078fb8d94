import { equal } from "./comparing.ts";
import { type FunctionRow, listAt, textAt, wholeAt } from "./function-table.ts";
import { isMatch } from "./pattern-match.ts";
import { charge, chargeText, fail, type Run } from "./run.ts";
import { isList, type Value } from "./value.ts";
import { written } from "./written.ts";

const MAX_PAD = 1_000;

/** Positions and sizes count UTF-16 units, as JavaScript does; the first is 0. */
export const TEXT_FUNCTIONS: readonly FunctionRow[] = [
  ["text", 1, 1, (run, values) => written(run, values[0] as Value)],
  ["upper", 1, 1, (run, values) => whole(run, values).toUpperCase()],
  ["lower", 1, 1, (run, values) => whole(run, values).toLowerCase()],
  ["trim", 1, 1, (run, values) => whole(run, values).trim()],
  ["startsWith", 2, 2, (run, values) => whole(run, values).startsWith(textAt(run, values, 1))],
  ["endsWith", 2, 2, (run, values) => whole(run, values).endsWith(textAt(run, values, 1))],
  ["contains", 2, 2, (run, values) => positionOf(run, values) >= 0],
  ["indexOf", 2, 2, (run, values) => positionOf(run, values)],
  ["substring", 2, 3, substring],
  ["replace", 3, 3, replace],
  ["split", 2, 2, split],
  ["join", 1, 2, join],
  ["padStart", 3, 3, padStart],
  ["matches", 2, 2, (run, values) => isMatch(run, whole(run, values), textAt(run, values, 1))],
];

function whole(run: Run, values: readonly Value[]): string {
  const text = textAt(run, values, 0);
  chargeText(run, text.length);
  return text;
}

/** Looking for a text compares, at worst, every place with every character of it: that much is paid for. */
function chargeSearch(run: Run, text: string, part: string): void {
  charge(run, Math.ceil((text.length * part.length) / 10_000));
}

function positionOf(run: Run, values: readonly Value[]): number {
  const within = values[0] as Value;
  if (within !== null && isList(within)) return within.findIndex((item) => equal(run, item, values[1] as Value));
  const [text, part] = [whole(run, values), textAt(run, values, 1)];
  chargeSearch(run, text, part);
  return text.indexOf(part);
}

function substring(run: Run, values: readonly Value[]): string {
  const text = whole(run, values);
  const [from, to] = [wholeAt(run, values, 1), wholeAt(run, values, 2, text.length)];
  return text.slice(Math.max(0, from), Math.max(0, to));
}

function replace(run: Run, values: readonly Value[]): string {
  const [text, put] = [whole(run, values), textAt(run, values, 2)];
  const parts = pieces(run, values);
  chargeText(run, text.length + parts.length * put.length);
  return parts.join(put);
}

function split(run: Run, values: readonly Value[]): Value {
  return pieces(run, values);
}

function pieces(run: Run, values: readonly Value[]): string[] {
  const [text, by] = [whole(run, values), textAt(run, values, 1)];
  if (by === "") throw fail(run, "value", "The separator is empty");
  chargeSearch(run, text, by);
  const parts = text.split(by);
  charge(run, parts.length);
  return parts;
}

function join(run: Run, values: readonly Value[]): string {
  const between = values.length > 1 ? textAt(run, values, 1) : ", ";
  const parts = listAt(run, values, 0).filter((part) => part !== null);
  charge(run, parts.length);
  const texts = parts.map((part) => written(run, part));
  chargeText(
    run,
    texts.reduce((sum, text) => sum + text.length + between.length, 0),
  );
  return texts.join(between);
}

function padStart(run: Run, values: readonly Value[]): string {
  const length = wholeAt(run, values, 1);
  if (length > MAX_PAD) throw fail(run, "limit", `No text is filled up beyond ${MAX_PAD} characters`);
  const text = values[0];
  return (typeof text === "number" ? String(text) : whole(run, values)).padStart(length, textAt(run, values, 2));
}
