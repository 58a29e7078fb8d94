import type { ControlProps } from "./control-props.ts";
import { useForm } from "./form-context.ts";
import { givenText } from "./given.ts";
import { Typed } from "./typed.tsx";

export function DurationControl({ value, locked, change, attributes }: ControlProps<"duration">) {
  const { say } = useForm();
  const [, hours = "", minutes = ""] = /^PT(?:(\d+)H)?(?:(\d+)M)?$/.exec(givenText(value)) ?? [];
  const set = (h: string, m: string) => change(h || m ? `PT${h ? `${h}H` : ""}${m ? `${m}M` : ""}` : null);
  const digits = (next: string) => next.replace(/\D/g, "").slice(0, 4);
  return (
    <div class="ff-row">
      {(["hours", "minutes"] as const).map((part, index) => {
        const id = index ? `${attributes.id}-${part}` : attributes.id;
        return (
          <div key={part} class="ff-part">
            <label for={id}>{say(part)}</label>
            <Typed
              attributes={{ ...(index ? {} : attributes), id }}
              inputmode="numeric"
              text={index ? minutes : hours}
              locked={locked}
              change={(next) => (index ? set(hours, digits(next)) : set(digits(next), minutes))}
            />
          </div>
        );
      })}
    </div>
  );
}

export function MomentControl({ value, locked, change, attributes }: ControlProps<"datetime">) {
  return <Typed {...{ attributes, locked, change }} type="datetime-local" text={localMoment(value)} />;
}

/** A moment as the reader's clock shows it, for a field of the browser. */
function localMoment(value: unknown): string {
  const at = typeof value === "string" && /Z$|[+-]\d\d:\d\d$/.test(value) ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(at)) return givenText(value);
  return new Date(at - new Date(at).getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
