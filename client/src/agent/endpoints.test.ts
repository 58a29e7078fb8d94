import { API } from "@clew/contract/api";
import { expect, it } from "vitest";
import { ENDPOINTS } from "./endpoints.ts";

it("[CL60] names the endpoints of staff with the method and path of the contract", () => {
  const contract = new Map(API.map(({ name, method, path }) => [name, `${method} ${path}`]));
  for (const [name, endpoint] of Object.entries(ENDPOINTS))
    expect([name, endpoint]).toEqual([name, contract.get(name)]);
});

it("[CL61] leaves out no endpoint of staff but those with verbs of their own", () => {
  const verbs = [
    "staffCommand",
    "setup",
    "signIn",
    "signOut",
    "readConversation",
    "readEvents",
    "readTranscript",
    "uploadAttachment",
    "readAttachment",
  ];
  const staff = API.filter(({ who }) => ["staff", "supervisor", "admin"].includes(who)).map(({ name }) => name);
  expect(staff.filter((name) => !(name in ENDPOINTS) && !verbs.includes(name))).toEqual([]);
});
