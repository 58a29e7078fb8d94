import css from "./return.css?inline";

export { AfterEnd } from "./after-end.tsx";
export { Elsewhere } from "./elsewhere.tsx";
export { ForgetDialog } from "./forget-dialog.tsx";
export { Return } from "./return.tsx";
export { css };
