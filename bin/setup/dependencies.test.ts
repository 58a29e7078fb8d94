import { expect, test } from "vitest";
import { differences } from "./dependencies.mjs";

test("a package that is missing or has another version is a difference", () => {
  const wanted = {
    "": { version: "0.1.0" },
    domain: { version: "0.1.0" },
    "node_modules/@clew/domain": { link: true },
    "node_modules/ws": { version: "8.1.0" },
    "node_modules/@types/ws": { version: "8.0.0" },
    "node_modules/a/node_modules/pg": { version: "8.0.0" },
  };
  expect(differences(wanted, wanted)).toEqual([]);
  const other = { "node_modules/ws": { version: "8.0.0" }, "node_modules/a/node_modules/pg": { version: "8.0.0" } };
  expect(differences(wanted, other)).toEqual(["ws", "@types/ws"]);
});

test("an optional package may be missing, as it may be for another machine, but not be another version", () => {
  const wanted = { "node_modules/binding": { version: "2.0.0", optional: true } };
  expect(differences(wanted, {})).toEqual([]);
  expect(differences(wanted, { "node_modules/binding": { version: "1.0.0" } })).toEqual(["binding"]);
});
