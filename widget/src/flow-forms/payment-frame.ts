import { isPaymentToken } from "@clew/domain/flows/screens/payment-kind";

/** What a payment page says: it is there, how tall it is in CSS pixels, and how the payment went. */
export type PaymentSaid =
  | { said: "there" }
  | { said: "height"; height: number }
  | { said: "paid"; token: string }
  | { said: "cancelled" }
  | { said: "refused" };

/** The address of a payment page for one payment. `origin` is whom it answers to. */
export function addressOfPayment(
  page: URL,
  payment: { amount: string; currency: string; reference: string; origin: string; language: string },
): URL {
  const url = new URL(page);
  for (const [name, value] of Object.entries(payment)) url.searchParams.set(name, value);
  return url;
}

/** What a message from the page's own window means; null: it is none of this payment's. Unknown words are passed over. */
export function paymentSaid(data: unknown, reference: string): PaymentSaid | null {
  if (typeof data !== "object" || data === null) return null;
  const told = data as Record<string, unknown>;
  if (told.type !== "clew.payment" || told.reference !== reference) return null;
  if (told.token !== undefined)
    return isPaymentToken(told.token) ? { said: "paid", token: told.token } : { said: "refused" };
  if (told.cancelled === true) return { said: "cancelled" };
  if (told.error !== undefined) return { said: "refused" };
  if (typeof told.height === "number" && told.height > 0)
    return { said: "height", height: Math.min(Math.max(Math.round(told.height), LEAST), MOST) };
  return { said: "there" };
}

/** No page makes itself too small to be read, or longer than anybody scrolls, in CSS pixels. */
const LEAST = 120;
const MOST = 900;
