import { type Speech, sentence } from "./strings.ts";

const formats = new Map<string, Intl.DateTimeFormat>();

function format(speech: Speech, options: Intl.DateTimeFormatOptions, at: number): string {
  const key = speech.language + JSON.stringify(options);
  const made = formats.get(key) ?? new Intl.DateTimeFormat(inRegion(speech.language), options);
  formats.set(key, made);
  return made.format(at);
}

/** The language as this person's browser has it: English of Britain writes 14:05 where English alone writes 2:05 PM. */
function inRegion(language: string): string {
  return navigator.languages?.find((own) => own === language || own.startsWith(`${language}-`)) ?? language;
}

/** The time of day, such as "14:05". */
export function clock(at: number, speech: Speech): string {
  return format(speech, { hour: "numeric", minute: "2-digit" }, at);
}

/** The day as a person says it today: "Today", "Yesterday", "12 May", "12 May 2025". */
export function day(at: number, now: number, speech: Speech): string {
  const away = dayNumber(now) - dayNumber(at);
  if (away === 0) return sentence(speech, "today");
  if (away === 1) return sentence(speech, "yesterday");
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  return format(speech, { day: "numeric", month: "long", ...(sameYear ? {} : { year: "numeric" }) }, at);
}

/** A time to come, as it stands within a sentence: only the hour when it is today, otherwise with its day. */
export function moment(at: number, now: number, speech: Speech): string {
  const days = dayNumber(at) - dayNumber(now);
  const date: Intl.DateTimeFormatOptions = days < 7 ? { weekday: "long" } : { day: "numeric", month: "long" };
  return format(speech, { hour: "numeric", minute: "2-digit", ...(days === 0 ? {} : date) }, at);
}

/** Days since 1970 in local time, so that two times of one calendar day have one number. */
export function dayNumber(at: number): number {
  const date = new Date(at);
  return Math.round(Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / 86_400_000);
}

/** A rough wait, rounded up to whole minutes, such as "3 minutes". */
export function minutes(milliseconds: number, speech: Speech): string {
  const count = Math.max(1, Math.ceil(milliseconds / 60_000));
  const [unit, size] = count < 120 ? ["minute", 1] : ["hour", 60];
  const style = { style: "unit", unit, unitDisplay: "long" } as const;
  return new Intl.NumberFormat(speech.language, style).format(Math.floor(count / size));
}

/** What is left of a countdown as "1:05". */
export function countdown(milliseconds: number, speech: Speech): string {
  const seconds = Math.max(0, Math.ceil(milliseconds / 1000));
  const two = new Intl.NumberFormat(speech.language, { minimumIntegerDigits: 2 });
  return `${new Intl.NumberFormat(speech.language).format(Math.floor(seconds / 60))}:${two.format(seconds % 60)}`;
}

/** A file's size, such as "1.4 MB". */
export function fileSize(bytes: number, speech: Speech): string {
  const [value, unit] =
    bytes < 1000 ? [bytes, "byte"] : bytes < 1_000_000 ? [bytes / 1024, "kilobyte"] : [bytes / 1_048_576, "megabyte"];
  return new Intl.NumberFormat(speech.language, {
    style: "unit",
    unit,
    maximumFractionDigits: value < 10 ? 1 : 0,
  }).format(value);
}
