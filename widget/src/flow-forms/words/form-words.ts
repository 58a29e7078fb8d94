import type { words } from "./en.ts";
import type { later } from "./en-more.ts";

/** What a form says, in one language. */
export type Words = Record<keyof (typeof words & typeof later), string>;
