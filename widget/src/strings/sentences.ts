import type { en } from "./en.ts";
import type { asking } from "./en-asking.ts";
import type { later } from "./en-extras.ts";
import type { returning } from "./en-returning.ts";
import type { surveying } from "./en-survey.ts";

type English = typeof en & typeof asking & typeof later & typeof returning & typeof surveying;

export type Plural = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string };
export type StringKey = keyof English;
/** One language: the same keys as English, plural forms as the language has them. */
export type Strings = { [Key in StringKey]: English[Key] extends string ? string : Plural };
