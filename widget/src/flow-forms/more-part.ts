import css from "./more-part.css?inline";
import { later } from "./words/en-more.ts";
import { ENGLISH } from "./words.ts";

Object.assign(ENGLISH.words, later);

export { hasCard } from "@clew/domain/flows/screens/mask-cards";
export { News } from "./news.tsx";
export { Over } from "./over.tsx";
export { Review } from "./review.tsx";
export { SaidByOthers } from "./said-by-others.tsx";
export { Stop } from "./stop.tsx";
export { Summary } from "./summary.tsx";
export { TimeLeft } from "./time-left.tsx";
export { css };
