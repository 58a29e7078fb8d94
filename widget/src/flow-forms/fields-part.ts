import "@clew/domain/flows/screens/rare-kinds";
import { AddressControl } from "./address.tsx";
import type { Controls } from "./control-props.ts";
import { DateParts } from "./date-parts.tsx";
import css from "./fields-part.css?inline";
import { MoneyControl } from "./money.tsx";
import { Rating } from "./rating.tsx";

export const controls: Controls = {
  address: AddressControl,
  date: DateParts,
  money: MoneyControl,
  rating: Rating,
};
export { css };
