import type { ChannelSettings } from "@clew/contract/channels";
import type { FormField } from "@clew/contract/forms";
import type { Problem } from "@clew/contract/problems";
import { describe, expect, test } from "vitest";
import { Refused } from "../problems/refused.ts";
import { checkChannelSettings, checkPublishable, tidyChannelSettings } from "./check-settings.ts";
import { newChannelSettings } from "./new-channel.ts";
import { normaliseOrigin, originAllowed } from "./origins.ts";

const GOOD = newChannelSettings("Larkspur");

function problemOf(change: Partial<ChannelSettings>, check = checkChannelSettings): Problem | null {
  try {
    check({ ...GOOD, ...change });
    return null;
  } catch (error) {
    return (error as Refused).problem;
  }
}

function expectSetting(change: Partial<ChannelSettings>, field: string, reason: string) {
  const problem = problemOf(change);
  expect(problem).toMatchObject({ code: "setting-refused", field, reason });
  expect(problem?.detail).toMatch(/\.$/);
}

test("a new channel's settings fit", () => {
  expect(problemOf({})).toBeNull();
});

describe("verification", () => {
  const key = { kty: "OKP", crv: "Ed25519", kid: "1", x: "abc" };
  const verification = { on: true, issuer: "https://shop.example", audience: "chat", jwksUrl: null, keys: [key] };

  test("[CF20] verified customers on a session-based channel are refused with the reason", () => {
    expect(problemOf({ verification })).toBeNull();
    expect(problemOf({ kind: "session-based" })).toBeNull();
    expectSetting({ kind: "session-based", verification }, "/verification/on", "verified-session-based");
  });

  test("[CF21] verification that is on is complete", () => {
    const lacking = (change: object, field: string) =>
      expectSetting({ verification: { ...verification, ...change } }, field, "verification-incomplete");
    lacking({ issuer: " " }, "/verification/issuer");
    lacking({ audience: "" }, "/verification/audience");
    lacking({ keys: [] }, "/verification/keys");
    expect(problemOf({ verification: { ...verification, keys: [], jwksUrl: "https://shop.example/jwks" } })).toBeNull();
    expect(problemOf({ verification: { ...verification, on: false, issuer: "", keys: [] } })).toBeNull();
  });

  test("[CF21] only public keys that can be used are kept, even while verification is off", () => {
    const wrong = (bad: object, reason: string) =>
      expectSetting({ verification: { ...verification, on: false, keys: [key, bad] } }, "/verification/keys/1", reason);
    wrong({ ...key, d: "secret" }, "verification-private-key");
    wrong({ kty: "oct", kid: "1", k: "secret" }, "verification-private-key");
    wrong({ ...key, kid: undefined }, "verification-key");
    wrong({ ...key, crv: "X25519" }, "verification-key");
    wrong({ kty: "EC", crv: "P-521", kid: "1", x: "a", y: "b" }, "verification-key");
    wrong({ kty: "RSA", kid: "1", n: "abc" }, "verification-key");
  });
});

describe("[CF22] a form", () => {
  const text: FormField = {
    key: "one",
    type: "text",
    label: { en: "One" },
    required: true,
    hidden: false,
    editable: true,
  };
  const topic: FormField = { ...text, key: "topic", type: "choice", choices: [{ value: "a", label: { en: "A" } }] };
  const detail: FormField = {
    ...text,
    key: "detail",
    type: "dependentChoice",
    dependsOn: "topic",
    choices: [{ value: "x", label: { en: "X" }, when: ["a"] }],
  };
  const form = (fields: FormField[]) => ({ preChat: { ask: { when: "session" as const }, fields } });
  const at = (index: number, rest: string) => `/preChat/fields/${index}/${rest}`;

  test("may have choices, dependent choices and hidden questions without a text", () => {
    expect(problemOf(form([text, topic, detail, { ...text, key: "page", hidden: true, label: {} }]))).toBeNull();
  });

  test("has each key once and a text for each visible question", () => {
    expectSetting(form([text, topic, text]), at(2, "key"), "key-twice");
    expectSetting(form([{ ...text, label: { en: " " } }]), at(0, "label"), "text-missing");
  });

  test("[SV1] is held to the same after the chat", () => {
    const rating: FormField = { ...text, key: "rating", type: "rating" };
    expect(problemOf({ survey: { on: true, fields: [rating, topic] } })).toBeNull();
    expectSetting({ survey: { on: false, fields: [rating, rating] } }, "/survey/fields/1/key", "key-twice");
    expectSetting(
      { survey: { on: true, fields: [{ ...rating, pattern: "a" }] } },
      "/survey/fields/0/pattern",
      "pattern-misplaced",
    );
  });

  test("has something to choose from, each once", () => {
    expectSetting(form([{ ...topic, choices: [] }]), at(0, "choices"), "choices-missing");
    const twice = [...(topic.choices ?? []), ...(topic.choices ?? [])];
    expectSetting(form([{ ...topic, choices: twice }]), at(0, "choices/1/value"), "choice-twice");
  });

  test("has dependent choices that hang on a choice before them", () => {
    expectSetting(form([detail, topic]), at(0, "dependsOn"), "parent-missing");
    expectSetting(form([text, { ...detail, dependsOn: "one" }]), at(1, "dependsOn"), "parent-missing");
    const lost = [{ value: "x", label: { en: "X" }, when: ["a", "b"] }];
    expectSetting(form([topic, { ...detail, choices: lost }]), at(1, "choices/0/when"), "parent-choice-unknown");
  });

  test("[CF24] has patterns that are valid, quick, and on typed text", () => {
    expect(problemOf(form([{ ...text, pattern: "LK-\\d{6}" }]))).toBeNull();
    expectSetting(form([{ ...text, pattern: "(" }]), at(0, "pattern"), "pattern-invalid");
    expectSetting(form([{ ...text, pattern: "(a+)+$" }]), at(0, "pattern"), "pattern-slow");
    expectSetting(form([{ ...topic, pattern: "a" }]), at(0, "pattern"), "pattern-misplaced");
    expectSetting(form([{ ...text, type: "number", min: 5, max: 4 }]), at(0, "max"), "range-empty");
  });

  test("is told all that is wrong with it at once", () => {
    const problem = problemOf(
      form([
        { ...text, pattern: "(" },
        { ...topic, choices: [] },
      ]),
    );
    expect(Object.keys(problem?.fields ?? {}).sort()).toEqual([at(0, "pattern"), at(1, "choices")]);
  });
});

test("[CF23] texts that customers read are not blank, and nothing strikes at once", () => {
  expectSetting({ name: "" }, "/name", "name-blank");
  expectSetting({ look: { ...GOOD.look, title: {} } }, "/look/title", "text-missing");
  expectSetting({ inactivity: { ...GOOD.inactivity, warnAfter: 0 } }, "/inactivity/warnAfter", "duration-zero");
  expectSetting({ inactivity: { ...GOOD.inactivity, inactiveAfter: 0 } }, "/inactivity/inactiveAfter", "duration-zero");
  const noWarning = { ...GOOD.inactivity, endAfterWarning: 0 };
  expectSetting({ inactivity: noWarning }, "/inactivity/endAfterWarning", "duration-zero");
  expect(problemOf({ inactivity: { ...noWarning, warnAfter: null } })).toBeNull();
  expectSetting({ optOut: { on: true, keywords: { en: [" "] } } }, "/optOut/keywords", "keywords-missing");
});

test("[CF23] a look carries neither style nor script", () => {
  const look = (change: object) => ({ look: { ...GOOD.look, ...change } });
  for (const font of ["x;} body{display:none", "url(https://evil.example)", "a\\3b", "a</style>"]) {
    expectSetting(look({ font }), "/look/font", "font-invalid");
  }
  expect(problemOf(look({ font: "'Noto Sans JP', Inter, sans-serif" }))).toBeNull();
  for (const logoUrl of ["javascript:alert(1)", "//evil.example/x.png", "data:text/html,x", "logo.png"]) {
    expectSetting(look({ logoUrl }), "/look/logoUrl", "url-invalid");
  }
  for (const logoUrl of ["https://shop.example/logo.png", "/logo.svg", "data:image/png;base64,AAAA"]) {
    expect(problemOf(look({ logoUrl }))).toBeNull();
  }
});

test("[CF25] a channel may be drafted without a queue but not published", () => {
  expect(problemOf({ queueId: null })).toBeNull();
  const problem = problemOf({ queueId: null }, checkPublishable);
  expect(problem).toMatchObject({ code: "setting-refused", field: "/queueId", reason: "queue-missing" });
});

test("[CF26] sites are stored as browsers name them, once", () => {
  const origins = [
    "HTTPS://Shop.Example:443",
    "https://shop.example",
    "http://shop.example:80",
    "http://localhost:5173",
  ];
  const tidy = tidyChannelSettings({ ...GOOD, origins, languages: ["EN", "en", "pt-br"] });
  expect(tidy.origins).toEqual(["https://shop.example", "http://shop.example", "http://localhost:5173"]);
  expect(tidy.languages).toEqual(["en", "pt-BR"]);
  expectSetting({ origins: ["https://*.shop.example"] }, "/origins/0", "origin-wildcard");
  expectSetting({ origins: ["https://shop.example?x"] }, "/origins/0", "origin-invalid");
  expect(normaliseOrigin("https://user@shop.example")).toBeNull();
  expect(normaliseOrigin("https://bücher.example")).toBe("https://xn--bcher-kva.example");
});

test("[CF26] an empty list lets every site in; the server's own pages always may", () => {
  const shop = ["https://shop.example"];
  expect(originAllowed([], "https://any.example", null)).toBe(true);
  expect(originAllowed(shop, "https://shop.example", null)).toBe(true);
  expect(originAllowed(shop, "https://evil.example", "https://chat.example")).toBe(false);
  expect(originAllowed(shop, "https://chat.example", "https://chat.example")).toBe(true);
  expect(originAllowed(shop, null, null)).toBe(true);
  expect(originAllowed(shop, "null", null)).toBe(false);
});
