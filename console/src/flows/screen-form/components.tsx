import type { Component, RepeatComponent } from "@clew/contract/flows/components";
import type { Value } from "@clew/domain/flows/expressions/expression";
import { holds, screenValue } from "@clew/domain/flows/screens/evaluated";
import { checkPage, type Page } from "@clew/domain/flows/screens/page";
import { dueOf } from "@clew/domain/flows/screens/payment-kind";
import { Button } from "@mantine/core";
import { useState } from "react";
import { Markdown } from "../../conversation/markdown.tsx";
import { t } from "../../strings/strings.ts";
import { AnswerList, wordsOf } from "./answer-list.tsx";
import { Control } from "./control.tsx";
import { type Answers, type ScreenView, shownOf, textFor } from "./page.ts";
import classes from "./screen-form.module.css";

type Props = {
  components: readonly Component[];
  /** Before the ids of fields in a repeat: "borrowers/0/". */
  at: string;
  page: Page;
  values: Answers;
  screen: ScreenView;
  problems: Readonly<Record<string, string>>;
  set(id: string, value: unknown): void;
  onFile?(file: File): Promise<Answers | null>;
};

export function Components(props: Props) {
  return props.components.map((component, index) => (
    <One
      key={"id" in component && component.id ? component.id : `${component.kind}-${index}`}
      {...props}
      component={component}
    />
  ));
}

function One({ component, ...props }: Props & { component: Component }) {
  const { page, values, screen, at, problems, set } = props;
  const shown = shownOf(screen);
  switch (component.kind) {
    case "group":
      if (!holds(component.visible, page.seen, shown)) return null;
      return (
        <fieldset className={classes.group}>
          {component.label !== undefined && <legend>{textFor(component.label, page, screen)}</legend>}
          <Components {...props} components={component.components} />
        </fieldset>
      );
    case "repeat":
      return page.fields.has(component.id) ? <Repeat {...props} component={component} /> : null;
    case "display":
    case "heading":
    case "image":
    case "divider":
    case "answers": {
      if (!holds(component.visible, page.seen, shown)) return null;
      if (component.kind === "divider") return <hr className={classes.divider} />;
      if (component.kind === "heading")
        return (
          <h5>
            <bdi>{textFor(component.text, page, screen)}</bdi>
          </h5>
        );
      if (component.kind === "display")
        return (
          <div className={classes.display} dir="auto">
            <Markdown text={textFor(component.text, page, screen, "markdown")} />
          </div>
        );
      if (component.kind === "image")
        return <Picture src={textFor(component.src, page, screen)} alt={textFor(component.alt, page, screen)} />;
      return (
        <AnswerList
          title={textFor(component.title, page, screen)}
          answers={screenValue(component.of, page.seen, shown)}
          path={component.of}
          labels={screen.labels}
        />
      );
    }
    default: {
      const field = page.fields.get(component.id);
      if (!field) return null;
      const problem = problems[at + component.id];
      return (
        <Control
          component={component}
          field={field}
          value={Object.hasOwn(values, component.id) ? values[component.id] : field.value}
          label={textFor(component.label, page, screen) || wordsOf(component.id)}
          hint={textFor(component.hint, page, screen)}
          placeholder={textFor(component.placeholder, page, screen)}
          text={component.kind === "consent" ? textFor(component.text, page, screen) : ""}
          due={component.kind === "payment" ? dueOf(component, page.seen, shownOf(screen)) : null}
          {...(problem === undefined ? {} : { problem })}
          set={(value) => set(component.id, value)}
          {...(props.onFile ? { onFile: props.onFile } : {})}
        />
      );
    }
  }
}

/** An image; where it cannot be had, what it shows in words. */
function Picture({ src, alt }: { src: string; alt: string }) {
  const [missing, setMissing] = useState(false);
  if (missing || !src) return alt ? <p className={classes.quiet}>{alt}</p> : null;
  return <img className={classes.image} src={src} alt={alt} onError={() => setMissing(true)} />;
}

/** The same questions several times. Each item is a page of its own, whose formulas see the page around. */
function Repeat({ component, ...props }: Props & { component: RepeatComponent }) {
  const { page, values, screen, problems, at, set } = props;
  const given = values[component.id];
  const kept = page.fields.get(component.id)?.value;
  const items = (Array.isArray(given) ? given : Array.isArray(kept) ? kept : []) as Answers[];
  const { min = 0, max = 20 } = component;
  const label = textFor(component.label, page, screen);
  const problem = problems[component.id];
  return (
    <fieldset className={classes.group}>
      {label && <legend>{label}</legend>}
      {items.map((item, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an item is known by its place alone
        <fieldset key={index} className={classes.item}>
          <legend>{`${textFor(component.itemLabel, page, screen) || t("flows.item")} ${index + 1}`}</legend>
          <Components
            {...props}
            components={component.components}
            at={`${at}${component.id}/${index}/`}
            page={checkPage(component.components, item, {
              scope: page.seen as Readonly<Record<string, Value>>,
              shown: shownOf(screen),
            })}
            values={item}
            set={(id, value) =>
              set(
                component.id,
                items.map((one, place) => (place === index ? { ...one, [id]: value } : one)),
              )
            }
          />
          {items.length > min && (
            <Button
              variant="subtle"
              color="gray"
              size="compact-xs"
              onClick={() =>
                set(
                  component.id,
                  items.filter((_, place) => place !== index),
                )
              }
            >
              {t("flows.removeItem")}
            </Button>
          )}
        </fieldset>
      ))}
      {items.length < max && (
        <Button variant="default" size="compact-xs" onClick={() => set(component.id, [...items, {}])}>
          {t("flows.addItem")}
        </Button>
      )}
      {problem && <p className={classes.wrong}>{problem}</p>}
    </fieldset>
  );
}
