import { expect, test } from "vitest";
import { isOptOut } from "./opt-out.ts";

const policy = {
  on: true,
  keywords: { en: ["Stop", "leave me alone"], de: ["Schluß"], tr: ["İptal"], "pt-BR": ["sair"], ja: ["停止"] },
};
const says = (text: string, language = "en") => isOptOut(text, policy, language);

test("[P20] only the whole message counts", () => {
  for (const text of ["stop", "STOP!!", " Stop. ", "stop…", "Leave  me\nalone", "\u200fstop\u200f"])
    expect(says(text)).toBe(true);
  for (const text of ["please stop", "stop it", "don't stop", "", "!", "stopp"]) expect(says(text)).toBe(false);
});

test("[P20] case is that of all scripts", () => {
  for (const text of ["SCHLUSS", "schluß.", "Schluss"]) expect(says(text, "de")).toBe(true);
  for (const text of ["iptal", "İPTAL", "IPTAL", "ıptal"]) expect(says(text, "tr")).toBe(true);
  expect(says("停止。", "ja-JP")).toBe(true);
});

test("[P21] the customer's language and its base count, English where there is none", () => {
  expect(says("SAIR", "pt-br")).toBe(true);
  expect(says("stop", "pt-BR")).toBe(false);
  expect(says("stop", "fr")).toBe(true);
  expect(says("Schluß", "fr")).toBe(false);
  expect(isOptOut("stop", { on: true, keywords: { de: ["stop"] } }, "fr")).toBe(false);
});

test("[P22] nothing is a keyword while the policy is off", () => {
  expect(isOptOut("stop", { ...policy, on: false }, "en")).toBe(false);
});
