import { describe, expect, it } from "vitest";
import { ar } from "./ar.ts";
import { de } from "./de.ts";
import { en as first } from "./en.ts";
import { asking } from "./en-asking.ts";
import { later } from "./en-extras.ts";
import { returning } from "./en-returning.ts";
import { surveying } from "./en-survey.ts";
import { es } from "./es.ts";
import { fr } from "./fr.ts";
import { ja } from "./ja.ts";
import { chooseLanguage, ENGLISH, loadSpeech, localized, type Strings, sentence } from "./strings.ts";
import { clock, countdown, day, fileSize, minutes, moment } from "./times.ts";

const en: Strings = { ...first, ...asking, ...later, ...returning, ...surveying };
const ALL: Record<string, Strings> = { en, de, fr, es, ja, ar };
const gaps = (text: string) => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort();
const forms = (entry: Strings[keyof Strings]): string[] => (typeof entry === "string" ? [entry] : Object.values(entry));

describe("languages", () => {
  it.each(Object.keys(ALL))(
    "[W20] %s has every sentence, with the same gaps, and every plural form of its own",
    (language) => {
      const strings = ALL[language] as Strings;
      expect(Object.keys(strings).sort()).toEqual(Object.keys(en).sort());
      const rules = new Intl.PluralRules(language);
      for (const key of Object.keys(en) as (keyof Strings)[]) {
        const allowed = new Set(forms(en[key]).flatMap(gaps));
        for (const form of forms(strings[key])) {
          expect(form.trim(), key).not.toBe("");
          for (const gap of gaps(form)) expect(allowed, `${key} ${gap}`).toContain(gap);
        }
        const entry = strings[key];
        if (typeof entry === "string") expect(gaps(entry), key).toEqual(gaps(forms(en[key])[0] ?? ""));
        else
          for (const count of [0, 1, 2, 3, 11, 100])
            expect(entry[rules.select(count)] ?? entry.other, key).toBeTruthy();
      }
    },
  );

  it("[W21] Arabic is spoken right to left with its own plurals; unknown languages are spoken in English", async () => {
    const arabic = await loadSpeech("ar");
    expect(arabic.direction).toBe("rtl");
    expect(sentence(arabic, "newMessages", { count: 2 })).toBe("رسالتان جديدتان");
    expect(await loadSpeech("constructor")).toEqual({ language: "en", direction: "ltr", strings: first });
    expect((await loadSpeech("de-AT")).language).toBe("de-AT");
  });

  it("[W21] the language is the first one wanted that the channel offers", () => {
    expect(chooseLanguage([undefined, "pt-BR", "de-AT", "en"], ["en", "de"])).toBe("de");
    expect(chooseLanguage(["pt"], ["fr", "en"])).toBe("fr");
    expect(chooseLanguage(["ja"], [])).toBe("ja");
    expect(localized({ de: "Hallo", fr: "Salut" }, "de-AT")).toBe("Hallo");
    expect(localized({ fr: "Salut" }, "ja")).toBe("Salut");
  });

  it("[W22] times, waits, countdowns and sizes are said as people say them", () => {
    const now = new Date(2026, 4, 13, 12).getTime();
    expect(day(now - 3_600_000, now, ENGLISH)).toBe("Today");
    expect(day(now - 86_400_000, now, ENGLISH)).toBe("Yesterday");
    expect(day(now - 400 * 86_400_000, now, ENGLISH)).toContain("2025");
    expect(clock(now, ENGLISH)).toMatch(/12:00/);
    expect(moment(now + 3_600_000, now, ENGLISH)).toMatch(/^1:00/);
    expect(moment(now + 86_400_000, now, ENGLISH)).toMatch(/^Thursday.*12:00/);
    expect(moment(now + 8 * 86_400_000, now, ENGLISH)).toMatch(/^May 21.*12:00/);
    expect(minutes(61_000, ENGLISH)).toBe("2 minutes");
    expect(countdown(65_000, ENGLISH)).toBe("1:05");
    expect(countdown(-5, ENGLISH)).toBe("0:00");
    expect(fileSize(31, ENGLISH)).toMatch(/31\sbyte/);
    expect(fileSize(1_500_000, ENGLISH)).toMatch(/1\.4\sMB/);
  });
});
