import css from "./icons-part.css?inline";

export { OptionPicture } from "./option-picture.tsx";
export { css };
