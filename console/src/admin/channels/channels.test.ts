import { expect, test } from "vitest";
import { filled } from "../dev/fixtures.ts";
import { changesInWords } from "./changes-in-words.ts";
import { checkChannel } from "./check-channel.ts";
import { compareSettings } from "./compare-settings.ts";
import { contrast, contrastVerdict, readableOn } from "./contrast.ts";
import { newChannel } from "./new-channel.ts";
import { keysFromText } from "./pasted-keys.ts";
import { tidyOrigin } from "./policy-tabs.tsx";
import { settingName } from "./setting-names.ts";
import { hiddenFieldsExample, scriptTag } from "./snippets.ts";
import { oddTimers, timersInWords } from "./timers-in-words.ts";

const MINUTE = 60_000;
const nobody = () => undefined;

test("[AD5] a difference is told by the setting's name, with both values in words", () => {
  const [channel] = filled().channels;
  const before = filled().deployments[2]!.settings;
  const lines = changesInWords(compareSettings(before, channel!.draft), { before, after: channel!.draft }, nobody);
  expect(lines).toEqual([
    { what: "Colour", before: "#3d4ab4", after: "#0b6e99" },
    { what: "Warning after", before: "20 minutes", after: "30 minutes" },
    { what: "Question “E-mail” · Required", before: "off", after: "on" },
  ]);
});

test("[AD5] ids are told by the names of what they stand for, and what is gone is said to be gone", () => {
  const before = newChannel("queue-1");
  const after = { ...before, queueId: "queue-2", hoursId: null };
  const names = (id: string) => (id === "queue-1" ? "Shop" : undefined);
  expect(changesInWords(compareSettings(before, after), { before, after }, names)).toEqual([
    { what: "Queue", before: "Shop", after: "something that no longer exists" },
  ]);
});

test("[AD5] localized settings name their language", () => {
  expect(settingName("/look/title/de")).toBe("Title of the window (German)");
  expect(settingName("/preChat/ask/when")).toBe("When it is asked");
  expect(settingName("/something/new")).toBe("/something/new");
});

test("[AD6] questions are told as added, removed, changed and reordered, whatever paths the server names", () => {
  const before = filled().channels[0]!.draft;
  const [name, email, ...others] = before.preChat.fields;
  const after = {
    ...before,
    preChat: {
      ...before.preChat,
      fields: [
        { ...email!, label: { en: "Mail" }, required: false },
        name!,
        ...others.slice(0, 2),
        { ...name!, key: "company", label: { en: "Company" } },
      ],
    },
  };
  const lines = changesInWords(
    [{ path: "/preChat/fields/0/label/en", before: 1, after: 2 }],
    { before, after },
    nobody,
  );
  expect(lines.map((line) => `${line.what}: ${line.before} → ${line.after}`)).toEqual([
    "Question “Customer number”: asked → no longer asked",
    "Question “Mail”: asked → changed: label and required",
    "Question “Company”: not there → new: Text",
    "Order of the questions: Your name, E-mail, What is it about?, More precisely, Customer number → Mail, Your name, What is it about?, More precisely, Company",
  ]);
});

test("[SV9] a survey is told as switched on, with its questions one by one", () => {
  const before = newChannel("queue-1");
  const rating = { key: "rating", type: "rating", label: { en: "How was it?" } } as const;
  const fields = [{ ...rating, required: true, hidden: false, editable: true }];
  const after = { ...before, survey: { on: true, title: { de: "Wie war es?" }, fields } };
  expect(changesInWords(compareSettings(before, after), { before, after }, nobody)).toEqual([
    { what: "Survey after the chat", before: "off", after: "on" },
    { what: "Title of the survey", before: "nothing", after: "Wie war es?" },
    { what: "Question “How was it?”", before: "not there", after: "new: Rating, 1 to 5" },
  ]);
  const off = { ...after, survey: { ...after.survey, on: false } };
  expect(changesInWords(compareSettings(after, off), { before: after, after: off }, nobody)).toEqual([
    { what: "Survey after the chat", before: "on", after: "off" },
  ]);
});

test("[SV9] a mistake in the survey has its place", () => {
  const question = {
    key: "Rating",
    type: "rating",
    label: {},
    required: false,
    hidden: false,
    editable: true,
  } as const;
  const wrong = checkChannel({ ...newChannel("queue-1"), name: "Shop", survey: { on: true, fields: [question] } });
  expect(Object.keys(wrong)).toEqual(["/survey/fields/0/key", "/survey/fields/0/label"]);
});

test("[AD7] the timers are read back in the order in which they strike", () => {
  const all = timersInWords({ inactiveAfter: 10 * MINUTE, warnAfter: 20 * MINUTE, endAfterWarning: 2 * MINUTE });
  expect(all).toHaveLength(3);
  expect(all[0]).toContain("10 minutes");
  expect(all[1]).toContain("20 minutes");
  expect(all[2]).toContain("22 minutes of silence in all");
  expect(timersInWords({ inactiveAfter: null, warnAfter: null, endAfterWarning: 0 })).toEqual([
    "Silence never ends a session: it stays with the agent until somebody ends it.",
  ]);
});

test("[AD7] clocks that make no sense together are pointed out", () => {
  expect(oddTimers({ inactiveAfter: 60 * MINUTE, warnAfter: MINUTE, endAfterWarning: MINUTE })).toContain(
    "before it would ever",
  );
  expect(oddTimers({ inactiveAfter: null, warnAfter: MINUTE, endAfterWarning: 5000 })).toContain(
    "less than 20 seconds",
  );
  expect(oddTimers({ inactiveAfter: MINUTE, warnAfter: 20 * MINUTE, endAfterWarning: MINUTE })).toBeNull();
});

test("[AD8] contrast is that of WCAG and the automatic text colour is the readable one", () => {
  expect(contrast("#000000", "#ffffff")).toBeCloseTo(21);
  expect(contrast("#777777", "#ffffff")).toBeCloseTo(4.48, 2);
  expect([contrastVerdict(4.5), contrastVerdict(4.48), contrastVerdict(2.9)]).toEqual(["good", "large", "poor"]);
  expect([readableOn("#ffe066"), readableOn("#3d4ab4")]).toEqual(["#000000", "#ffffff"]);
});

test("[AD9] a channel with mistakes is not sent, and each mistake has its place", () => {
  const start = newChannel(null);
  expect(checkChannel({ ...start, name: "Shop" })).toEqual({});
  const wrong = checkChannel({
    ...start,
    languages: ["english please"],
    look: { ...start.look, colour: "blue" },
    origins: ["https://shop.example/path"],
    verification: { ...start.verification, on: true },
    optOut: { on: true, keywords: { en: [] } },
  });
  expect(Object.keys(wrong).sort()).toEqual([
    "/languages",
    "/look/colour",
    "/name",
    "/optOut/keywords",
    "/origins",
    "/verification/audience",
    "/verification/issuer",
    "/verification/keys",
  ]);
});

test("[AD10] public keys are taken as JWK, list or JWKS; private ones and those without a name are refused", () => {
  const key = { kty: "OKP", crv: "Ed25519", x: "abc", kid: "one" };
  expect(keysFromText(JSON.stringify(key))).toEqual({ ok: true, keys: [key] });
  expect(keysFromText(JSON.stringify({ keys: [key] }))).toEqual({ ok: true, keys: [key] });
  expect(keysFromText(JSON.stringify([{ ...key, d: "secret" }]))).toEqual({ ok: false, wrong: "identity.keysPrivate" });
  expect(keysFromText(JSON.stringify([{ ...key, kid: "" }]))).toEqual({ ok: false, wrong: "identity.keysNoKid" });
  expect(keysFromText("-----BEGIN PUBLIC KEY-----")).toEqual({ ok: false, wrong: "identity.keysNotJson" });
});

test("[AD9] a pasted address is reduced to its site; what is none stays to be told so", () => {
  expect(
    ["https://Shop.example/cart?x=1", "shop.example", "http://localhost:8080/", "ftp://a", "nonsense"].map(tidyOrigin),
  ).toEqual(["https://shop.example", "https://shop.example", "http://localhost:8080", "ftp://a", "nonsense"]);
});

test("[AD11] the snippet names the server and the channel, and no setting can break out of the examples", () => {
  expect(scriptTag("https://chat.example", "c1", true)).toBe(
    '<script async nonce="NONCE" src="https://chat.example/widget/clew.js" data-channel="c1"></script>',
  );
  const channel = newChannel(null);
  const field = { key: "</script>", type: "text" as const, label: {}, required: false, hidden: true, editable: true };
  const example = hiddenFieldsExample({ ...channel, preChat: { ...channel.preChat, fields: [field] } });
  expect(example.match(/<\/script>/g)).toHaveLength(1);
});
