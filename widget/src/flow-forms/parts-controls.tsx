import { ADDRESS_PARTS, NEEDED_PARTS } from "@clew/domain/flows/screens/normalise-maps";
import { orderOf } from "@clew/domain/flows/screens/normalise-times";
import { useState } from "preact/hooks";
import type { ControlProps } from "./control-props.ts";
import { useForm } from "./form-context.ts";
import { Typed } from "./typed.tsx";

type Map = Readonly<Record<string, unknown>>;
const mapOf = (value: unknown): Map =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Map) : {};
const text = (value: unknown) => (typeof value === "string" || typeof value === "number" ? String(value) : "");

/** The tokens by which browsers know the parts of an address. */
const TOKENS: Record<string, string> = {
  line1: "address-line1",
  line2: "address-line2",
  postcode: "postal-code",
  city: "address-level2",
  region: "address-level1",
  country: "country",
};

export function AddressControl({ component, value, locked, change, attributes }: ControlProps<"address">) {
  const { say, shown } = useForm();
  const { countries } = component;
  const map = mapOf(value);
  const set = (part: string, next: string) => {
    const parts = Object.entries({ ...map, [part]: next }).filter(([, one]) => one !== "");
    change(parts.length > 0 ? Object.fromEntries(parts) : null);
  };
  return (
    <div class="ff-parts">
      {ADDRESS_PARTS.filter((part) => part !== "country" || countries?.length !== 1).map((part, index) => {
        const id = index ? `${attributes.id}-${part}` : attributes.id;
        const own = { ...(index ? {} : attributes), id, autocomplete: TOKENS[part] };
        return (
          <div key={part} class={`ff-part ff-${part}`}>
            <label for={id}>
              {say(part)}
              {!NEEDED_PARTS.includes(part) && <span class="ff-optional"> {say("optional")}</span>}
            </label>
            {part === "country" && countries ? (
              <select
                {...own}
                disabled={locked}
                value={text(map.country)}
                onChange={(event) => set(part, event.currentTarget.value)}
              >
                <option value="">{say("choose")}</option>
                {countries.map((code) => (
                  <option key={code} value={code}>
                    {countryName(code, shown.locale)}
                  </option>
                ))}
              </select>
            ) : (
              <Typed
                attributes={own}
                text={text(map[part])}
                locked={locked}
                maxLength={200}
                change={(next) => set(part, next)}
              />
            )}
          </div>
        );
      })}
    </div>
  );
}

function countryName(code: string, locale: string): string {
  try {
    return new Intl.DisplayNames([locale], { type: "region" }).of(code) ?? code;
  } catch {
    return code;
  }
}

export function MoneyControl({ component, value, locked, change, attributes }: ControlProps<"money">) {
  const { say } = useForm();
  const map = mapOf(value);
  const { currencies = ["EUR", "USD", "GBP", "CHF", "JPY"] } = component;
  const currency = text(map.currency) || (currencies[0] as string);
  const set = (amount: string, of: string) => change(amount.trim() === "" ? null : { amount, currency: of });
  return (
    <div class="ff-row">
      <Typed
        attributes={attributes}
        label={say("amount")}
        inputmode="decimal"
        text={text(map.amount)}
        locked={locked}
        change={(amount) => set(amount, currency)}
      />
      {currencies.length === 1 ? (
        <span>{currency}</span>
      ) : (
        <select
          aria-label={say("currency")}
          disabled={locked}
          value={currency}
          onChange={(event) => set(text(map.amount), event.currentTarget.value)}
        >
          {currencies.map((code) => (
            <option key={code}>{code}</option>
          ))}
        </select>
      )}
    </div>
  );
}

/** A date that people know by heart: three fields, in the order of the language. */
export function DateParts({ value, locked, change, attributes }: ControlProps<"date">) {
  const { say, shown } = useForm();
  const [, year = "", month = "", day = ""] = /^(\d*)-(\d*)-(\d*)$/.exec(text(value)) ?? [];
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

export function DurationControl({ value, locked, change, attributes }: ControlProps<"duration">) {
  const { say } = useForm();
  const [, hours = "", minutes = ""] = /^PT(?:(\d+)H)?(?:(\d+)M)?$/.exec(text(value)) ?? [];
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

/** A moment as the reader's clock shows it, for a field of the browser. */
export function localMoment(value: unknown): string {
  const at = typeof value === "string" && /Z$|[+-]\d\d:\d\d$/.test(value) ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(at)) return text(value);
  return new Date(at - new Date(at).getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
