import { expect, test } from "vitest";
import { addressOfPayment, paymentSaid } from "./payment-frame.ts";

const says = (told: object) => paymentSaid({ type: "clew.payment", reference: "f.ask.pay", ...told }, "f.ask.pay");

test("[PY2] a page says that it is there, how tall it is, and how the payment went", () => {
  expect(says({})).toEqual({ said: "there" });
  expect(says({ height: 412.4 })).toEqual({ said: "height", height: 412 });
  expect(says({ token: "tok_1" })).toEqual({ said: "paid", token: "tok_1" });
  expect(says({ cancelled: true })).toEqual({ said: "cancelled" });
  expect(says({ error: "card declined" })).toEqual({ said: "refused" });
});

test("[PY2] other payments, other messages and no messages at all are passed over", () => {
  for (const data of [null, "clew.payment", { type: "clew.payment", token: "tok_1" }, { token: "tok_1" }])
    expect(paymentSaid(data, "f.ask.pay")).toBeNull();
  expect(says({ reference: "f.ask.other", token: "tok_1" })).toBeNull();
  expect(says({ type: "other", token: "tok_1" })).toBeNull();
});

test("[PY2] what cannot be a token is no payment, and no page makes itself endless", () => {
  for (const token of ["", "two words", "t".repeat(501), 7, null]) expect(says({ token })).toEqual({ said: "refused" });
  expect(says({ height: 1e9 })).toEqual({ said: "height", height: 900 });
  expect(says({ height: 1 })).toEqual({ said: "height", height: 120 });
});

test("[PY1] the address keeps what its own query holds", () => {
  const payment = {
    amount: "20.00",
    currency: "EUR",
    reference: "f.ask.pay",
    origin: "https://shop.example",
    language: "de",
  };
  expect(addressOfPayment(new URL("https://pay.example/frame?key=pk_1"), payment).href).toBe(
    "https://pay.example/frame?key=pk_1&amount=20.00&currency=EUR&reference=f.ask.pay&origin=https%3A%2F%2Fshop.example&language=de",
  );
});
