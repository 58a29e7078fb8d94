import type { en } from "./en.ts";

export type Plural = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string };
export type StringKey = keyof typeof en;
/** One language: the same keys as English, plural forms as the language has them. */
export type Strings = { [Key in StringKey]: (typeof en)[Key] extends string ? string : Plural };
