import type { Component, RepeatComponent } from "@clew/contract/flows/components";
import { MAX_ITEMS, type PageField } from "@clew/domain/flows/screens/page";
import { screenText } from "@clew/domain/flows/screens/present";
import { inWords } from "@clew/domain/flows/screens/words-of-problem";
import type { ComponentType } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { useForm } from "./form-context.ts";

type Items = Readonly<Record<string, unknown>>;
type RepeatProps = {
  component: RepeatComponent;
  field: PageField;
  given: unknown;
  /** Draws the questions of an item. */
  Components: ComponentType<{ components: readonly Component[]; given: Items; at?: string }>;
};

/** The same questions several times. Whoever adds or removes one finds themselves where it happened. */
export function Repeat({ component, field, given, Components }: RepeatProps) {
  const place = useForm();
  const { say, shown, page, change, prefix, isJudged, words } = place;
  const { min = 0, max = MAX_ITEMS, id } = component;
  const typed = Array.isArray(given) ? (given as Items[]) : [];
  const items = (field.value as Items[]).map((item, index) => typed[index] ?? item);
  const group = useRef<HTMLFieldSetElement>(null);
  const move = useRef<string | null>(null);
  useEffect(() => {
    const to = move.current && group.current?.querySelector<HTMLElement>(move.current);
    // Drawn once more before the change is there: what is added comes with the next time.
    if (!to) return;
    move.current = null;
    to.focus();
  });
  const put = (next: readonly Items[], to: string) => {
    move.current = to;
    change(id, next, true);
  };
  const name = (index: number) =>
    `${screenText(component.itemLabel, page.seen, shown) || say("item", "").replace("#", "").trim()} ${index + 1}`;
  const inner = {
    ...place,
    change: (full: string, value: unknown, now?: boolean) => {
      const [, index = "0", member = ""] = full.split("/");
      change(
        id,
        items.map((item, at) => (at === Number(index) ? { ...item, [member]: value ?? null } : item)),
        now,
      );
    },
  };
  const hint = screenText(component.hint, page.seen, shown);
  return (
    <fieldset class="ff-group ff-repeat" ref={group}>
      <legend tabIndex={-1}>{screenText(component.label, page.seen, shown) || id}</legend>
      {hint && <p class="ff-hint">{hint}</p>}
      {items.map((item, index) => (
        <fieldset key={index} class="ff-item" data-item={index}>
          <legend>{name(index)}</legend>
          <place.Inside value={inner}>
            <Components components={component.components} given={item} at={`${id}/${index}/`} />
          </place.Inside>
          {items.length > min && (
            <button
              type="button"
              class="ff-link"
              onClick={() =>
                put(
                  items.filter((_, at) => at !== index),
                  "legend",
                )
              }
            >
              {say("remove", name(index))}
            </button>
          )}
        </fieldset>
      ))}
      {isJudged(id) && field.problem && (
        <p class="ff-wrong" id={`${prefix}${id}-wrong`}>
          {inWords(field.problem, words.problems)}
        </p>
      )}
      {items.length < max && (
        <button
          type="button"
          class="secondary"
          id={`${prefix}${id}`}
          onClick={() => put([...items, {}], `[data-item="${items.length}"] :is(input, select, textarea)`)}
        >
          {say("add")}
        </button>
      )}
    </fieldset>
  );
}
