import type { ConversationSnapshot } from "@clew/contract/conversations";
import { t } from "../strings/strings.ts";

/** The customer's name as told: by a signed identity, by a fact, or none. */
export function customerName({ customer, facts }: Pick<ConversationSnapshot, "customer" | "facts">): string {
  const told = facts?.find(({ key }) => key === "name")?.value;
  return customer?.name || (typeof told === "string" && told) || t("customer.guest");
}
