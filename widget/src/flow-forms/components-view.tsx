import type { Component } from "@clew/contract/flows/components";
import type { Value } from "@clew/domain/flows/expressions/value";
import { holds, screenValue } from "@clew/domain/flows/screens/evaluated";
import { screenText } from "@clew/domain/flows/screens/present";
import { useState } from "preact/hooks";
import { Markdown } from "../messages/markdown-view.tsx";
import { FieldFrame } from "./field-frame.tsx";
import { useForm } from "./form-context.ts";
import { PARTS } from "./parts.ts";

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

/** A picture; its words where it cannot be had. */
function Picture({ width, source, alt }: { width: string; source: string; alt: string }) {
  const [lost, lose] = useState("");
  return lost !== source && /^(https?:|\/)/.test(source) ? (
    <img class={width} src={source} alt={alt} loading="lazy" onError={() => lose(source)} />
  ) : (
    <p class={`ff-hint ${width}`}>{alt}</p>
  );
}

function One({ component, given, at }: { component: Component; given: Items; at: string }) {
  const { page, shown, server } = useForm();
  const seen = at ? { ...page.seen, ...(given as Record<string, Value>) } : page.seen;
  const width = `ff-${"width" in component && component.width ? component.width : "full"}`;
  const Lists = PARTS.lists.get();
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
      return field && Lists ? <Lists.Repeat {...{ component, field, Components }} given={given[component.id]} /> : null;
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
        return <Picture {...{ width, source }} alt={screenText(component.alt, seen, shown)} />;
      }
      if (component.kind === "answers")
        return Lists ? (
          <Lists.Answers title={screenText(component.title, seen, shown)} of={screenValue(component.of, seen, shown)} />
        ) : null;
      if (component.kind === "display")
        return (
          <div class={`ff-text ${width}`}>
            <Markdown text={screenText(component.text, seen, shown, "markdown")} />
          </div>
        );
      const text = screenText(component.text, seen, shown);
      return component.level && component.level > 2 ? <h4>{text}</h4> : <h3>{text}</h3>;
    }
    default: {
      const id = at + component.id;
      const field = page.fields.get(id);
      return field ? <FieldFrame key={id} id={id} field={field} value={given[component.id] ?? field.value} /> : null;
    }
  }
}
