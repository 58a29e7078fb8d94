import css from "./lists-part.css?inline";

export { Answers } from "./answers.tsx";
export { Repeat } from "./repeat.tsx";
export { css };
