import { type Kind, kindNamed, learnKinds } from "@clew/domain/flows/screens/kinds";
import "@clew/domain/flows/screens/payment-kind";
import type { Controls } from "./control-props.ts";
import { PaymentControl } from "./payment.tsx";
import css from "./payments-part.css?inline";

const payment = kindNamed("payment") as Kind<"payment">;
learnKinds({
  payment: {
    ...payment,
    // What was paid before is told without its token, which the server has.
    normal: (given, ...around) => payment.normal({ token: "paid", ...(given as object) }, ...around),
  },
});

export const controls: Controls = { payment: PaymentControl };
export { css };
