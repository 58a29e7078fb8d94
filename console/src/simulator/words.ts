import { stringsOf } from "../strings/strings.ts";
import en from "./en.json" with { type: "json" };

/** A sentence of the simulator. */
export const s = stringsOf(en);
