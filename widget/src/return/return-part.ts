import { returning } from "../strings/en-returning.ts";
import { ENGLISH } from "../strings/strings.ts";
import css from "./return.css?inline";

Object.assign(ENGLISH.strings, returning);

export { AfterEnd } from "./after-end.tsx";
export { Elsewhere } from "./elsewhere.tsx";
export { ForgetDialog } from "./forget-dialog.tsx";
export { Return } from "./return.tsx";
export { css };
