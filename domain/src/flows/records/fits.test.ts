import { expect, test } from "vitest";
import { fits, picked, sorted } from "./fits.ts";

const CASE = { id: "c1", subject: "Late Parcel", status: null, tags: ["vip"], contact: { name: "Ana" }, size: 3 };

test.each([
  ["subject", "eqi", "late parcel", true],
  ["subject", "contains", "PARCEL", true],
  ["subject", "startsWith", "late", true],
  ["tags", "contains", "vip", true],
  ["contact.name", "eq", "Ana", true],
  ["contact.toString", "isNull", true, true],
  ["status", "contains", "ul", false],
  ["status", "startsWith", "n", false],
  ["subject", "contains", null, false],
  ["status", "isNull", true, true],
  ["size", "gt", 2, true],
  ["size", "gt", "2", false],
  ["status", "lt", 5, false],
] as const)("[AW8] %s %s %j: %j", (field, operator, wanted, holds) => {
  expect(fits(CASE, [[field, operator, wanted]])).toBe(holds);
});

test("[AW8] records are ordered with nulls last, and picked fields come with what a record is known by", () => {
  const rows = [{ n: null }, { n: 2 }, { n: 1 }];
  expect(sorted(rows, [["n", "desc"]])).toEqual([{ n: 2 }, { n: 1 }, { n: null }]);
  expect(picked({ ...CASE, version: 2 }, ["contact.name"])).toEqual({ id: "c1", version: 2, contact: { name: "Ana" } });
});
