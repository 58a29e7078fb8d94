import type { Connector } from "@clew/contract/flows/connectors";
import { expect, test } from "vitest";
import { BLANK, checkConnector, editedOf, savedOf } from "./connector-editing.ts";

const { name: _name, secrets: _secrets, headers: _headers, paymentPage: _page, ...rest } = BLANK;
const stored = (more: object): Connector => ({
  ...{ name: "bank", secrets: [], revision: 1, updatedAt: 0 },
  settings: { ...rest, baseUrl: "https://bank.example", headers: { "x-key": "1" }, ...more },
});

test("[PY10] a connector is stored as it was read, with a payment page and without", () => {
  for (const more of [{}, { paymentPage: "https://pay.example/frame" }])
    expect(savedOf(editedOf(stored(more)))).toEqual({ settings: stored(more).settings, secrets: {} });
});

test("[PY10] a payment page that is emptied is gone, and one that is no safe address is told before it is stored", () => {
  const edited = editedOf(stored({ paymentPage: "https://pay.example/frame" }));
  expect(savedOf({ ...edited, paymentPage: "  " }).settings).not.toHaveProperty("paymentPage");
  expect(checkConnector({ ...edited, paymentPage: "" }, [])).toEqual({});
  for (const paymentPage of ["http://pay.example", "javascript:alert(1)", "pay.example"])
    expect(checkConnector({ ...edited, paymentPage }, [])).toHaveProperty("/paymentPage");
  expect(checkConnector({ ...edited, paymentPage: " http://localhost:4999/frame" }, [])).toEqual({});
});
