import { orderOf } from "@clew/domain/flows/screens/normalise-times";
import { useState } from "preact/hooks";
import type { ControlProps } from "./control-props.ts";
import { useForm } from "./form-context.ts";
import { givenText } from "./given.ts";
import { Typed } from "./typed.tsx";

/** A date that people know by heart: three fields, in the order of the language. */
export function DateParts({ value, locked, change, attributes }: ControlProps<"date">) {
  const { say, shown } = useForm();
  const [, year = "", month = "", day = ""] = /^(\d*)-(\d*)-(\d*)$/.exec(givenText(value)) ?? [];
  const [typed, type] = useState<Record<string, string> | null>(null);
  const parts: Record<string, string> = typed ?? { year, month: month.replace(/^0/, ""), day: day.replace(/^0/, "") };
  const set = (part: string, digits: string) => {
    const next = { ...parts, [part]: digits.replace(/\D/g, "") };
    type(next);
    const whole = `${next.year}-${(next.month ?? "").padStart(2, "0")}-${(next.day ?? "").padStart(2, "0")}`;
    change(
      next.year || next.month || next.day
        ? next.year && next.month && next.day
          ? whole
          : `${next.year}-${next.month}-${next.day}`
        : null,
    );
  };
  return (
    <div
      class="ff-row"
      onFocusOut={(event) => event.currentTarget.contains(event.relatedTarget as Node | null) || type(null)}
    >
      {orderOf(shown.locale).map((part, index) => {
        const id = index ? `${attributes.id}-${part}` : attributes.id;
        return (
          <div key={part} class={`ff-part ff-${part}`}>
            <label for={id}>{say(part as "day")}</label>
            <Typed
              attributes={{ ...(index ? {} : attributes), id }}
              inputmode="numeric"
              maxLength={part === "year" ? 4 : 2}
              text={parts[part] ?? ""}
              locked={locked}
              change={(digits) => set(part, digits)}
            />
          </div>
        );
      })}
    </div>
  );
}
