import type { KeyOf } from "../../strings/strings.ts";
import { stringsOf } from "../../strings/strings.ts";
import channels from "./en-channels.json" with { type: "json" };
import deployments from "./en-deployments.json" with { type: "json" };
import forms from "./en-forms.json" with { type: "json" };
import general from "./en-general.json" with { type: "json" };
import people from "./en-people.json" with { type: "json" };
import records from "./en-records.json" with { type: "json" };
import returning from "./en-returning.json" with { type: "json" };
import routing from "./en-routing.json" with { type: "json" };

const en = { ...general, ...channels, ...deployments, ...forms, ...people, ...records, ...returning, ...routing };

/** A sentence of the admin screens. */
export const a = stringsOf(en);
export type AdminWord = KeyOf<typeof en> & string;

const list = new Intl.ListFormat("en", { type: "conjunction" });
/** "a", "a and b", "a, b, and c". */
export const enumerate = (words: readonly string[]): string => list.format(words);
