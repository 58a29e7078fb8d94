import { draftAnswers, type FormDraft } from "../cowork/draft.ts";
import type { Form } from "../cowork/form.ts";
import { type Place, placeOf } from "../cowork/place.ts";
import type { Values } from "../engine/run.ts";
import { checkPage, MAX_ITEMS, type Page, type PageField } from "../screens/page.ts";
import type { Shown } from "../screens/present.ts";

/** A form that is being asked, as it stands. */
export type AskedForm = { form: Form; inputs: Values; draft: FormDraft; shown: Shown; confirms: boolean };

/** Where a question stands: its page, and what the page's other answers are. */
type OnPage = { place: Place; page: Page; node: string };

/**
 * What is to be asked next. `more`: whether a repeat, of which `count` items are answered, has another one. `review`: the
 * answers are to be looked at before they are sent.
 */
export type Next =
  | ({ ask: "field"; field: string; id: string; at: PageField } & OnPage)
  | ({ ask: "more"; field: string; count: number; at: PageField } & OnPage)
  | { ask: "review"; place: Place }
  | { ask: "nothing" };

/**
 * The first question of the way through the form that has no answer, or one that no longer fits. Pages without an open
 * question are passed: `draft` is the draft with them behind it.
 */
export function nextQuestion(asked: AskedForm): { next: Next; draft: FormDraft } {
  const { form, inputs, shown } = asked;
  let { draft } = asked;
  for (;;) {
    const place = placeOf(form, inputs, draft, shown);
    const { step } = place;
    if (!step) return { next: { ask: "nothing" }, draft };
    for (const each of place.path.current ? [...place.path.steps, step] : place.path.steps) {
      const answers = draftAnswers(draft)[each.node] ?? {};
      const page = checkPage(each.screen.components, answers, { scope: each.scope, shown, held: answers });
      const open = openOn({ place: { ...place, step: each }, page, node: each.node }, draft);
      if (open) return { next: open, draft };
    }
    if (!place.path.current || draft.sent.includes(step.node))
      return { next: reviews(asked, place) ? { ask: "review", place } : { ask: "nothing" }, draft };
    draft = { ...draft, seq: draft.seq + 1, sent: [...draft.sent, step.node] };
  }
}

function openOn(on: OnPage, { fields }: FormDraft): Next | null {
  const { page, node } = on;
  for (const [id, at] of page.fields) {
    // Items come with their repeat.
    if (id.includes("/")) continue;
    const field = `${node}.${id}`;
    const held = fields.get(field);
    const { question } = at;
    if (question.kind !== "repeat") {
      if (!at.readOnly && (!held || at.problem)) return { ask: "field", field, id, at, ...on };
      continue;
    }
    for (const [inner, item] of page.fields) {
      if (!inner.startsWith(`${id}/`) || item.readOnly) continue;
      const name = `${node}.${inner}`;
      if (item.problem || (item.value === null && !fields.has(name)))
        return { ask: "field", field: name, id: inner, at: item, ...on };
    }
    const count = Array.isArray(at.value) ? at.value.length : 0;
    const done = held?.status === "valid" || (held !== undefined && held.by !== "customer");
    if (!done && count < (question.max ?? MAX_ITEMS)) return { ask: "more", field, count, at, ...on };
  }
  return null;
}

/** Whether the customer is to look at the answers first: the author wants it, or not all of them are the customer's words. */
function reviews({ draft, confirms }: AskedForm, { path }: Place): boolean {
  if (path.steps.some(({ screen }) => screen.review) || path.current?.screen.review) return true;
  const others = [...draft.fields.values()].filter(({ source, value }) => source !== "typed" && value !== null);
  return others.length > 0 && (confirms || others.some(({ source }) => source === "carried"));
}
