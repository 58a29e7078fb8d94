import { COMMON, learnAllFunctions } from "./known-functions.ts";
import { LIST_FUNCTIONS } from "./list-functions.ts";
import { MACROS } from "./macros.ts";
import { NUMBER_FUNCTIONS } from "./number-functions.ts";
import { TEXT_FUNCTIONS } from "./text-functions.ts";
import { TIME_FUNCTIONS } from "./time-functions.ts";
import { WORLD_FUNCTIONS } from "./world-functions.ts";

const ALL = [...TEXT_FUNCTIONS, ...NUMBER_FUNCTIONS, ...TIME_FUNCTIONS, ...LIST_FUNCTIONS, ...WORLD_FUNCTIONS];

/** Every function there is. Whoever imports this file has them learned. */
export const FUNCTION_NAMES: readonly string[] = [...ALL.map(([name]) => name), ...COMMON];

learnAllFunctions(ALL, MACROS);
