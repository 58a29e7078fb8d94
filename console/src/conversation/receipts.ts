import type { Positions } from "@clew/contract/conversations";

export type Receipt = "sent" | "delivered" | "read";

/** How far the customer has got with an event of ours. */
export function receiptOf(number: number, positions: Positions): Receipt {
  if (number <= positions.customerRead) return "read";
  return number <= positions.customerDelivered ? "delivered" : "sent";
}
