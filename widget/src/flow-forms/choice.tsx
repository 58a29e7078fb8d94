import { isSelect } from "./composite.ts";
import type { ControlProps } from "./control-props.ts";
import { useForm } from "./form-context.ts";
import { PARTS } from "./parts.ts";
import { Typed } from "./typed.tsx";

const OTHER = "\u0000other";

/** One or several of what is offered: as a list, a drop-down, cards or chips. */
export function ChoiceControl({ component, field, value, locked, change, attributes }: ControlProps<"choice">) {
  const { say } = useForm();
  const { multiple, other, style } = component;
  const Picture = PARTS.icons.get()?.OptionPicture;
  const { "aria-required": _, ...first } = attributes;
  const options = field.options ?? [];
  const chosen = (Array.isArray(value) ? value : value === null || value === undefined ? [] : [value]).map(String);
  const own = chosen.find((one) => !options.some((option) => option.value === one));
  const all: typeof options = other ? [...options, { value: OTHER, label: say("other"), hint: "" }] : options;
  const isOn = (one: string) => (one === OTHER ? own !== undefined : chosen.includes(one));
  const pick = (one: string, on: boolean) => {
    const word = one === OTHER ? " " : one;
    if (!multiple) return change(word || null, true);
    const rest = chosen.filter((each) => (one === OTHER ? each !== own : each !== one));
    change(on ? [...rest, word] : rest, true);
  };
  const words = other && own !== undefined && (
    <Typed
      attributes={{ id: `${attributes.id}-own` }}
      label={say("other")}
      text={own.trim()}
      locked={locked}
      maxLength={200}
      change={(text) => change(multiple ? [...chosen.filter((each) => each !== own), text || " "] : text || " ")}
    />
  );
  if (isSelect(component, options)) {
    return (
      <>
        <select
          {...attributes}
          disabled={locked}
          value={own === undefined ? (chosen[0] ?? "") : OTHER}
          onChange={(event) => pick(event.currentTarget.value, true)}
        >
          <option value="">{say("choose")}</option>
          {all.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
        {words}
      </>
    );
  }
  return (
    <>
      <div class={`ff-choices ff-${style === "select" ? "radio" : (style ?? "radio")}`}>
        {all.map(({ value: one, label, hint, icon }, index) => (
          <label key={one} class={isOn(one) ? "ff-on" : ""}>
            <input
              type={multiple ? "checkbox" : "radio"}
              {...(index === 0 ? first : {})}
              name={attributes.id}
              checked={isOn(one)}
              disabled={locked}
              onChange={(event) => pick(one, event.currentTarget.checked)}
            />
            {icon && Picture && <Picture name={icon} />}
            <span>
              {label}
              {hint && <small>{hint}</small>}
            </span>
          </label>
        ))}
      </div>
      {words}
    </>
  );
}

/** A box to tick, or a switch. */
export function Ticks({ component, value, locked, change, attributes, text }: ControlProps & { text: string }) {
  const isSwitch = component.kind === "boolean" && component.style === "switch";
  return (
    <label class={isSwitch ? "ff-tick ff-switch" : "ff-tick"}>
      <input
        {...attributes}
        type="checkbox"
        role={isSwitch ? "switch" : undefined}
        checked={value === true}
        disabled={locked}
        onChange={(event) => change(event.currentTarget.checked, true)}
      />
      <span>{text}</span>
    </label>
  );
}
