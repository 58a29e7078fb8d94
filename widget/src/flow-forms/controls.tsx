import type { FieldComponent } from "@clew/contract/flows/components";
import { screenText } from "@clew/domain/flows/screens/present";
import { ChoiceControl, Ticks } from "./choice.tsx";
import type { ControlProps } from "./control-props.ts";
import { useForm } from "./form-context.ts";
import { controlOf } from "./parts.ts";
import { Typed } from "./typed.tsx";

const TEXTS: { [K in FieldComponent["kind"]]?: object } = {
  text: {},
  longText: { rows: 4 },
  email: { type: "email", inputmode: "email" },
  phone: { type: "tel", inputmode: "tel" },
  url: { inputmode: "url" },
  number: { inputmode: "decimal" },
  date: { type: "date" },
  time: { type: "time" },
  secret: { type: "password" },
};
const USUAL: { [K in FieldComponent["kind"]]?: string } = { email: "email", phone: "tel", url: "url", secret: "off" };

export function Control(props: ControlProps) {
  const { component, field, value, locked, change, attributes } = props;
  const { say, shown } = useForm();
  switch (component.kind) {
    case "choice":
      return <ChoiceControl {...(props as ControlProps<"choice">)} />;
    case "boolean":
      if (!field.required) return <Ticks {...props} text={screenText(component.label, field.seen, shown)} />;
      return (
        <ChoiceControl
          {...props}
          component={{ ...component, kind: "choice", style: "chips", multiple: false } as never}
          field={{
            ...field,
            options: [
              { value: "yes", label: say("yes"), hint: "" },
              { value: "no", label: say("no"), hint: "" },
            ],
          }}
          value={value === true ? "yes" : value === false ? "no" : null}
          change={(chosen) => change(chosen === "yes", true)}
        />
      );
    case "consent": {
      const text = screenText(component.text, field.seen, shown);
      return (
        <>
          {text && (
            <section
              class="ff-consent"
              // biome-ignore lint/a11y/noNoninteractiveTabindex: a text that scrolls must be reachable by keyboard
              tabIndex={0}
              aria-label={screenText(component.label, field.seen, shown) || say("agree")}
            >
              {text}
            </section>
          )}
          <Ticks
            {...props}
            text={text ? say("agree") : screenText(component.label, field.seen, shown) || say("agree")}
          />
        </>
      );
    }
    case "date":
      if (!component.known) break;
      return <Rare {...props} />;
    case "address":
    case "datetime":
    case "duration":
    case "file":
    case "money":
    case "payment":
    case "rating":
    case "signature":
      return <Rare {...props} />;
  }
  const numeric = component.kind === "secret" && component.numeric;
  const unit = component.kind === "number" ? screenText(component.unit, field.seen, shown) : "";
  const typed = (
    <Typed
      {...TEXTS[component.kind]}
      {...(numeric ? { inputmode: "numeric" as const } : {})}
      {...(component.kind === "longText" && component.rows ? { rows: component.rows } : {})}
      {...("maxLength" in component && component.maxLength ? { maxLength: component.maxLength } : {})}
      {...(component.kind === "date" || component.kind === "time" ? { min: component.min, max: component.max } : {})}
      attributes={{
        ...attributes,
        autocomplete: attributes.autocomplete ?? (numeric ? "one-time-code" : USUAL[component.kind]),
      }}
      text={writtenOf(value, shown.locale)}
      placeholder={screenText(component.placeholder, field.seen, shown) || undefined}
      locked={locked}
      change={change}
    />
  );
  return unit ? (
    <span class="ff-unit">
      {typed}
      <span>{unit}</span>
    </span>
  ) : (
    typed
  );
}

/** What was fetched because the page has it. */
function Rare(props: ControlProps) {
  const Found = controlOf(props.component.kind);
  if (!Found) throw new Error(`The kind ${props.component.kind} is not loaded`);
  return <Found {...props} />;
}

/** A value as it is written into a field; numbers with the language's decimal sign. */
function writtenOf(value: unknown, locale: string): string {
  if (typeof value !== "number") return typeof value === "string" ? value : "";
  const sign = new Intl.NumberFormat(locale).formatToParts(1.5).find(({ type }) => type === "decimal")?.value ?? ".";
  return String(value).replace(".", sign);
}
