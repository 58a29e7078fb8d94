import screens from "./en.json" with { type: "json" };
import absence from "./en-absence.json" with { type: "json" };
import events from "./en-events.json" with { type: "json" };
import flows from "./en-flows.json" with { type: "json" };
import problems from "./en-problems.json" with { type: "json" };

type Values = Readonly<Record<string, string | number>>;
type Catalogue = Readonly<Record<string, string>>;
/** A key as callers write it: `inbox.count_one` and `inbox.count_other` are both asked for as `inbox.count`. */
export type KeyOf<C> = keyof C extends infer K
  ? K extends `${infer Base}_one` | `${infer Base}_other`
    ? Base
    : K
  : never;

const plural = new Intl.PluralRules("en");

/**
 * A typed accessor over one catalogue. `{name}` in a text is replaced by that value; a text with `_one` and `_other` is
 * chosen by the value `count`. A key that is not in the catalogue is a mistake of the type checker's, so none is handled.
 */
export function stringsOf<const C extends Catalogue>(
  catalogue: C,
): (key: KeyOf<C> & string, values?: Values) => string {
  return (key, values = {}) => {
    const form = typeof values.count === "number" ? `${key}_${plural.select(values.count)}` : key;
    const text = catalogue[form] ?? catalogue[`${key}_other`] ?? catalogue[key] ?? key;
    return text.replace(/\{(\w+)\}/g, (whole, name: string) => (name in values ? String(values[name]) : whole));
  };
}

const en = { ...screens, ...events, ...absence, ...flows, ...problems };

/** A sentence of the console in the language of the screen. */
export const t = stringsOf(en);
export type StringKey = KeyOf<typeof en> & string;
