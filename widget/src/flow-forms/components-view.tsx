import type { Component, RepeatComponent } from "@clew/contract/flows/components";
import type { Value } from "@clew/domain/flows/expressions/value";
import { holds, readable, screenValue } from "@clew/domain/flows/screens/evaluated";
import { MAX_ITEMS, type PageField } from "@clew/domain/flows/screens/page";
import { screenText } from "@clew/domain/flows/screens/present";
import { inWords } from "@clew/domain/flows/screens/words-of-problem";
import { useEffect, useRef } from "preact/hooks";
import { Markdown } from "../messages/markdown-view.tsx";
import { FieldFrame } from "./field-frame.tsx";
import { useForm } from "./form-context.ts";

type Items = Readonly<Record<string, unknown>>;
type Many = { components: readonly Component[]; given: Items; at?: string };

/** The components of a page or of one item of a repeat, as far as they are shown. */
export function Components({ components, given, at = "" }: Many) {
  return (
    <>
      {components.map((component, index) => (
        <One key={component.id ?? index} {...{ component, given, at }} />
      ))}
    </>
  );
}

function One({ component, given, at }: { component: Component; given: Items; at: string }) {
  const { page, shown, say, server } = useForm();
  const seen = at ? { ...page.seen, ...(given as Record<string, Value>) } : page.seen;
  const width = `ff-${"width" in component && component.width ? component.width : "full"}`;
  switch (component.kind) {
    case "group":
      if (!holds(component.visible, seen, shown)) return null;
      return (
        <fieldset class="ff-group">
          {component.label !== undefined && <legend>{screenText(component.label, seen, shown)}</legend>}
          <Components components={component.components} given={given} at={at} />
        </fieldset>
      );
    case "repeat": {
      const field = page.fields.get(component.id);
      return field ? <Repeat component={component} field={field} given={given[component.id]} /> : null;
    }
    case "heading":
    case "display":
    case "divider":
    case "image":
    case "answers": {
      if (!holds(component.visible, seen, shown)) return null;
      if (component.kind === "divider") return <hr />;
      if (component.kind === "image") {
        const from = screenText(component.src, seen, shown);
        const source = from.startsWith("/") && !from.startsWith("//") ? server + from : from;
        return /^(https?:|\/)/.test(source) ? (
          <img class={width} src={source} alt={screenText(component.alt, seen, shown)} loading="lazy" />
        ) : null;
      }
      if (component.kind === "answers")
        return <Answers title={screenText(component.title, seen, shown)} of={screenValue(component.of, seen, shown)} />;
      const text = screenText(component.text, seen, shown);
      if (component.kind === "display")
        return (
          <div class={`ff-text ${width}`}>
            <Markdown text={text} />
          </div>
        );
      return component.level && component.level > 2 ? <h4>{text}</h4> : <h3>{text}</h3>;
    }
    default: {
      const id = at + component.id;
      const field = page.fields.get(id);
      return field ? (
        <FieldFrame key={id} id={id} field={field} value={given[component.id] ?? field.value} />
      ) : (
        <span hidden>{say("empty")}</span>
      );
    }
  }
}

function Answers({ title, of }: { title: string; of: Value }) {
  const { shown } = useForm();
  const entries = typeof of === "object" && of !== null && !Array.isArray(of) ? Object.entries(of) : [];
  return (
    <div class="ff-answers">
      {title && <h4>{title}</h4>}
      <dl>
        {entries.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd dir="auto">{readable(value, shown) || (value === true ? "✓" : "–")}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

/** The same questions several times. Whoever adds or removes one finds themselves where it happened. */
function Repeat({ component, field, given }: { component: RepeatComponent; field: PageField; given: unknown }) {
  const place = useForm();
  const { say, shown, page, change, prefix, mirror, isJudged, words } = place;
  const { min = 0, max = MAX_ITEMS, id } = component;
  const typed = Array.isArray(given) ? (given as Items[]) : [];
  const items = (field.value as Items[]).map((item, index) => typed[index] ?? item);
  const group = useRef<HTMLFieldSetElement>(null);
  const move = useRef<string | null>(null);
  useEffect(() => {
    if (move.current === null) return;
    group.current?.querySelector<HTMLElement>(move.current)?.focus();
    move.current = null;
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
          {!mirror && items.length > min && (
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
      {!mirror && items.length < max && (
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
