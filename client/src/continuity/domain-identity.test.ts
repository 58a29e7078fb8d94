import { expect, it } from "vitest";
import { memoryStorage } from "../testing/memory-storage.ts";
import { type Cookies, overDomain } from "./domain-identity.ts";

const ana = { customerId: "ana", kind: "guest", name: null, resumeSecret: "secret-1" };
const bo = { customerId: "bo", kind: "guest", name: "Bo; =%", resumeSecret: "secret-2" };

/** The cookies of one browser, as pages of the domain see them. */
function browser({ refuses = false } = {}) {
  const jar = new Map<string, string>([["theirs", "1"]]);
  const set: string[] = [];
  const cookies: Cookies = {
    read: () => [...jar].map(([name, value]) => `${name}=${value}`).join("; "),
    write(cookie) {
      set.push(cookie);
      const [pair = "", ...attributes] = cookie.split("; ");
      const [name = "", value = ""] = pair.split("=");
      if (refuses) return;
      if (attributes.includes("Max-Age=0")) jar.delete(name);
      else jar.set(name, value);
    },
  };
  const origin = (disk = new Map<string, unknown>()) => ({
    disk,
    open: () => overDomain(memoryStorage(disk, "durable"), { domain: "shop.example", channelId: "channel", cookies }),
  });
  return { origin, set, jar };
}

it("[CL72] the identity stands in the cookie of the domain, and every origin reads and renews the same", async () => {
  const { origin, set } = browser();
  const [www, help] = [origin(), origin()];
  const first = await www.open();
  await first.write({ put: { identity: bo, view: "of www" } });
  expect(set.at(-1)).toContain("; Domain=shop.example; Path=/; Max-Age=31536000; SameSite=Lax");
  expect(www.disk.has("identity")).toBe(false);
  const second = await help.open();
  expect(await second.read("identity")).toEqual([["identity", bo]]);
  await second.write({ put: { identity: { ...bo, resumeSecret: "secret-3" } } });
  expect(await first.read("")).toEqual([
    ["identity", { ...bo, resumeSecret: "secret-3" }],
    ["owner", "bo"],
    ["view", "of www"],
  ]);
  expect(await first.read("view")).toEqual([["view", "of www"]]);
  await second.write({ remove: ["identity"] });
  expect(await first.read("identity")).toEqual([]);
});

it("[CL72] an identity from before moves into the cookie; where cookies are refused it stays", async () => {
  const moved = browser();
  const www = moved.origin(
    new Map<string, unknown>([
      ["identity", ana],
      ["view", "kept"],
    ]),
  );
  expect(await (await www.open()).read("")).toEqual([
    ["identity", ana],
    ["owner", "ana"],
    ["view", "kept"],
  ]);
  expect(www.disk.has("identity")).toBe(false);
  const refused = browser({ refuses: true });
  const alone = refused.origin(new Map<string, unknown>([["identity", ana]]));
  expect(await (await alone.open()).read("")).toEqual([["identity", ana]]);
  expect(alone.disk.get("identity")).toEqual(ana);
});

it("[CL73] what is left of another person, or of one who signed out elsewhere, goes before it is shown", async () => {
  const { origin, jar } = browser();
  const disk = new Map<string, unknown>([
    ["boot", "look"],
    ["identity", ana],
    ["view", "Ana's"],
    ["outbox/1", "Ana's"],
  ]);
  await (await origin().open()).write({ put: { identity: bo } });
  const www = origin(disk);
  expect(await (await www.open()).read("")).toEqual([
    ["boot", "look"],
    ["identity", bo],
    ["owner", "bo"],
  ]);
  disk.set("view", "Bo's");
  jar.clear();
  expect(await (await www.open()).read("")).toEqual([["boot", "look"]]);
});
