import type { HoursSettings } from "@clew/contract/hours";
import { refuseSettings, type SettingRefusal } from "../configuration/setting-refusals.ts";
import type { SettingsNoun } from "../configuration/settings-handlers.ts";
import { channelsThat, flowsThatName, queuesThat } from "../configuration/users.ts";

export const HOURS: SettingsNoun<HoursSettings> = {
  noun: "hours",
  table: "hours",
  uniqueBy: "name",

  tidy: (settings) => ({
    ...settings,
    name: settings.name.trim(),
    week: settings.week.map(inOrder),
    exceptions: settings.exceptions
      .map((exception) => ({ ...exception, spans: inOrder(exception.spans) }))
      .sort((one, other) => one.date.localeCompare(other.date)),
  }),

  async check(_change, settings) {
    refuseSettings([
      ...checkName(settings),
      ...settings.week.flatMap((spans, day) => checkSpans(spans, `/week/${day}`)),
      ...settings.exceptions.flatMap(({ spans }, index) => checkSpans(spans, `/exceptions/${index}/spans`)),
      ...checkDates(settings),
    ]);
  },

  async usersOf({ query }, { id, name }) {
    return [
      ...(await channelsThat(query, (settings) => settings.hoursId === id)),
      ...(await queuesThat(query, (queue) => queue.hoursId === id)),
      ...(await flowsThatName(query, "hours", { id, name })),
    ];
  },
};

type Span = HoursSettings["week"][number][number];

function inOrder(spans: readonly Span[]): Span[] {
  return [...spans].sort((one, other) => one.from - other.from);
}

function checkName({ name, timeZone }: HoursSettings): SettingRefusal[] {
  const refusals: SettingRefusal[] = [];
  if (name === "") refusals.push({ field: "/name", reason: "name-blank", detail: "The hours need a name." });
  if (!isTimeZone(timeZone)) {
    const detail = `"${timeZone}" is no time zone; one is named such as "Europe/Berlin".`;
    refusals.push({ field: "/timeZone", reason: "time-zone-unknown", detail });
  }
  return refusals;
}

/** Each span ends after it begins and before the next; a night is two spans on two days. */
function checkSpans(spans: readonly Span[], at: string): SettingRefusal[] {
  return spans.flatMap((span, index): SettingRefusal[] => {
    const field = `${at}/${index}`;
    if (span.from >= span.to) {
      return [
        { field, reason: "range-empty", detail: "A span ends after it begins; a night is two spans on two days." },
      ];
    }
    const next = spans[index + 1];
    if (!next || span.to <= next.from) return [];
    return [{ field, reason: "hours-overlap", detail: "Two spans of the day overlap." }];
  });
}

function checkDates({ exceptions }: HoursSettings): SettingRefusal[] {
  return exceptions.flatMap(({ date }, index) => {
    const field = `/exceptions/${index}/date`;
    if (!isDate(date)) return [{ field, reason: "hours-date", detail: `${date} is no day of the calendar.` }];
    if (exceptions[index + 1]?.date !== date) return [];
    return [{ field, reason: "hours-date", detail: `${date} is there twice.` }];
  });
}

function isDate(text: string): boolean {
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
