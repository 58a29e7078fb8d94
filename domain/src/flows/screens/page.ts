import type { Component, FieldComponent, RepeatComponent } from "@clew/contract/flows/components";
import type { FieldStatus } from "@clew/contract/flows/form-live";
import type { Value } from "../expressions/expression.ts";
import { isMap } from "../expressions/value.ts";
import { labelOf, type Option, optionsFor } from "./choices.ts";
import { type Asked, askedIn, type Question } from "./components.ts";
import { holds, screenValue } from "./evaluated.ts";
import { type FieldProblem, type Normal, no } from "./field-problem.ts";
import { amissIn, isAskedBy } from "./kinds.ts";
import { normalised } from "./normalise.ts";
import type { Shown } from "./present.ts";
import { privacyOf } from "./privacy.ts";
import { brokenRule } from "./rules.ts";

type Values = Readonly<Record<string, Value>>;

/**
 * One question as things stand. `value` is in normal form; null where nothing that fits was given. `seen` is what its own
 * words and formulas read: in a repeat the answers of its item before those of the page.
 */
export type PageField = {
  question: Question;
  seen: Values;
  value: Value;
  problem: FieldProblem | null;
  required: boolean;
  readOnly: boolean;
  status: FieldStatus;
  options?: readonly Option[];
};

/**
 * A page with its answers. `fields` are those that are asked, by id, in order: "iban", in a repeat "borrowers/0/name".
 * `values` hold what would be kept: of visible fields only. `seen` is what formulas of the page read.
 */
export type Page = {
  fields: ReadonlyMap<string, PageField>;
  values: Record<string, Value>;
  labels: Record<string, string>;
  problems: Record<string, FieldProblem>;
  seen: Values;
};

/** So often visibility is worked out anew before conditions that go round in a circle are left as they are. */
const ROUNDS = 8;
/** Items of a repeat that does not say how many there may be. */
export const MAX_ITEMS = 20;

/**
 * What the answers given are, as the screen asks for them. A key that is not there counts as the field's default, null as
 * emptied. `held` are answers that the asked cannot change: fields that are read only keep them. Never throws.
 */
export function checkPage(
  components: readonly Component[],
  given: Readonly<Record<string, unknown>>,
  { scope, shown, held = {} }: { scope: Values; shown: Shown; held?: Readonly<Record<string, unknown>> },
): Page {
  const asked = askedIn(components);
  const answers = new Map(asked.map(({ question }) => [question.id, firstLook(question, given, scope, shown)]));
  let visible = new Set(asked);
  let seen = seenOf(visible, answers, scope);
  for (let round = 0; round < ROUNDS; round += 1) {
    const before = visible;
    for (const one of asked) {
      const is = one.when.every((when) => holds(when, seen, shown));
      if (is === visible.has(one)) continue;
      visible = new Set(visible);
      if (is) visible.add(one);
      else visible.delete(one);
      seen = seenOf(visible, answers, scope);
    }
    if (visible === before) break;
  }
  const page = { fields: new Map<string, PageField>(), values: {}, labels: {}, problems: {}, seen };
  for (const { question } of asked.filter((one) => visible.has(one))) {
    const readOnly =
      question.kind !== "repeat" && question.readOnly !== undefined && holds(question.readOnly, seen, shown);
    const answer = readOnly ? firstLook(question, held, scope, shown) : (answers.get(question.id) as Normal);
    if (question.kind === "repeat") repeated(question, answer, { page, scope, shown, held });
    else single(question, answer, { page, at: "", readOnly, seen, shown });
  }
  return page;
}

type Writable = Page & { fields: Map<string, PageField> };

/** The answer in normal form, before anything is known of the others. Of a repeat its items as they came. */
function firstLook(question: Question, given: Readonly<Record<string, unknown>>, scope: Values, shown: Shown): Normal {
  const there = Object.hasOwn(given, question.id) ? given[question.id] : undefined;
  if (question.kind === "repeat") return { value: items(there ?? [], question) };
  const whose = CUSTOMERS_WORD.has(question.kind) ? null : question.default;
  return normalised(question, there === undefined ? screenValue(whose, scope, shown) : there, shown);
}

/** Answers that nothing stands in for. */
const CUSTOMERS_WORD = new Set(["consent", "secret", "payment"]);

function items(given: unknown, { min = 0, max = MAX_ITEMS }: RepeatComponent): Value {
  const list = Array.isArray(given) ? given.slice(0, MAX_ITEMS + 1) : [];
  const maps = list.map((item): Value => (isMap(item) ? item : {}));
  while (maps.length < Math.min(min, max)) maps.push({});
  return maps;
}

/** What formulas read: what stands around, and the page's own visible answers, secrets as if they were empty. */
function seenOf(visible: ReadonlySet<Asked>, answers: ReadonlyMap<string, Normal>, scope: Values): Values {
  const own: Record<string, Value> = Object.create(null);
  for (const { question } of visible) {
    const answer = answers.get(question.id);
    const told =
      answer && "value" in answer && (question.kind === "repeat" || privacyOf(question) !== "secret")
        ? answer.value
        : null;
    own[question.id] = question.kind === "repeat" ? withoutSecrets(question, told) : told;
  }
  const hidden = [...answers.keys()].filter((id) => !Object.hasOwn(own, id));
  return { ...scope, ...Object.fromEntries(hidden.map((id) => [id, null])), ...own };
}

function withoutSecrets({ components }: RepeatComponent, list: Value): Value {
  const secret = new Set(
    askedIn(components).flatMap(({ question }) => (privacyOf(question) === "secret" ? question.id : [])),
  );
  if (secret.size === 0 || !Array.isArray(list)) return list;
  return list.map((item) => Object.fromEntries(Object.entries(item as Values).filter(([name]) => !secret.has(name))));
}

type Place = { page: Writable; at: string; readOnly: boolean; seen: Values; shown: Shown };

function single(question: FieldComponent, answer: Normal, { page, at, readOnly, seen, shown }: Place): void {
  const id = at + question.id;
  const required =
    question.required !== undefined && question.required !== false && holds(question.required, seen, shown);
  const value = "value" in answer && isAskedBy(question, seen, shown) ? answer.value : null;
  const options = question.kind === "choice" ? optionsFor(question, seen, shown) : undefined;
  let problem = "problem" in answer ? answer.problem : null;
  let label: string | null = null;
  if (value === null && !problem && required && !readOnly) {
    problem = { code: question.kind === "consent" ? "consent" : "required" };
  } else if (value !== null) {
    if (question.kind === "choice") label = labelOf(question, value, options ?? [], shown);
    if (question.kind === "choice" && label === null) ({ problem } = no("choice"));
    // A rule of a secret is checked against itself; that is nobody else's business.
    else
      problem =
        brokenRule(question, value, { ...seen, [question.id]: value }, shown) ?? amissIn(question, value, seen, shown);
  }
  if (problem) page.problems[id] = problem;
  else if (label !== null && at === "") page.labels[id] = label;
  if (at === "") page.values[id] = problem ? null : value;
  const status =
    problem && problem.code !== "required" && problem.code !== "consent"
      ? "invalid"
      : value === null
        ? "empty"
        : "valid";
  page.fields.set(id, {
    question,
    seen,
    value: problem ? null : value,
    problem,
    required,
    readOnly,
    status,
    ...(options ? { options } : {}),
  });
}

type Around = { page: Writable; scope: Values; shown: Shown; held: Readonly<Record<string, unknown>> };

/** Each item is a page of its own, whose formulas see the page around. */
function repeated(question: RepeatComponent, answer: Normal, { page, shown, held }: Around): void {
  const list = ("value" in answer && Array.isArray(answer.value) ? answer.value : []) as Values[];
  const { min = 0, max = MAX_ITEMS } = question;
  const problem = list.length > max ? no("too-many", String(max)).problem : null;
  page.fields.set(question.id, {
    question,
    seen: page.seen,
    value: list,
    problem,
    required: min > 0,
    readOnly: false,
    status: problem ? "invalid" : list.length > 0 ? "filled" : "empty",
  });
  if (problem) page.problems[question.id] = problem;
  const before = Array.isArray(held[question.id]) ? (held[question.id] as unknown[]) : [];
  page.values[question.id] = list.slice(0, max).map((item, index) => {
    const heldItem = isMap(before[index] as Value) ? (before[index] as Values) : {};
    const inner = checkPage(question.components, item, { scope: page.seen, shown, held: heldItem });
    for (const [id, field] of inner.fields) page.fields.set(`${question.id}/${index}/${id}`, field);
    for (const [id, wrong] of Object.entries(inner.problems)) page.problems[`${question.id}/${index}/${id}`] = wrong;
    for (const [id, label] of Object.entries(inner.labels)) page.labels[`${question.id}/${index}/${id}`] = label;
    return inner.values;
  });
}
