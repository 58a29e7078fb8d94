import { stringsOf } from "../strings/strings.ts";
import en from "./en.json" with { type: "json" };

/** A sentence of the pages about records. */
export const r = stringsOf(en);
