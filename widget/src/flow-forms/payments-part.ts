import "@clew/domain/flows/screens/payment-kind";
import type { Controls } from "./control-props.ts";
import { PaymentControl } from "./payment.tsx";
import css from "./payments-part.css?inline";

export const controls: Controls = { payment: PaymentControl };
export { css };
