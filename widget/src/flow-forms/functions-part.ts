import "@clew/domain/flows/expressions/functions";
import "@clew/domain/flows/screens/moment-kinds";
import type { Controls } from "./control-props.ts";
import { DurationControl, MomentControl } from "./moments.tsx";

/** Dates that are computed with and moments that are asked for share how time is reckoned. */
export const controls: Controls = { datetime: MomentControl, duration: DurationControl };
export const css = "";
