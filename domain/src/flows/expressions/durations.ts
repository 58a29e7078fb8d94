import { DAY, HOUR, MINUTE, SECOND } from "./instants.ts";

/** Months and days follow the calendar and the zone; milliseconds are exact. All of one sign. */
export type Duration = { months: number; days: number; milliseconds: number };

const DURATION =
  /^(-?)P(?=[\dT])(?:(\d{1,6})Y)?(?:(\d{1,6})M)?(?:(\d{1,6})W)?(?:(\d{1,6})D)?(?:T(?=\d)(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9})(?:\.(\d{1,3}))?S)?)?$/;

/** Reads an ISO 8601 duration such as "PT5M" or "P1M2DT12H"; null for anything else. */
export function parseDuration(text: string): Duration | null {
  const match = DURATION.exec(text);
  if (!match) return null;
  const [years, months, weeks, days, hours, minutes, seconds] = match.slice(2, 9).map((digits) => Number(digits ?? 0));
  const sign = match[1] ? -1 : 1;
  const fraction = Number((match[9] ?? "").padEnd(3, "0"));
  return {
    months: sign * (years! * 12 + months!) || 0,
    days: sign * (weeks! * 7 + days!) || 0,
    milliseconds: sign * (hours! * HOUR + minutes! * MINUTE + seconds! * SECOND + fraction) || 0,
  };
}

/** Exact milliseconds as a duration of hours, minutes and seconds: "PT1H30M", "-PT0.5S", "PT0S". */
export function printDuration(milliseconds: number): string {
  const size = Math.abs(milliseconds);
  const hours = Math.floor(size / HOUR);
  const minutes = Math.floor((size % HOUR) / MINUTE);
  const seconds = (size % MINUTE) / SECOND;
  const parts = `${hours ? `${hours}H` : ""}${minutes ? `${minutes}M` : ""}${seconds ? `${seconds}S` : ""}`;
  return `${milliseconds < 0 ? "-" : ""}PT${parts || "0S"}`;
}

/** The sum as ISO 8601, calendar parts kept apart from exact ones; null when their signs differ, which ISO cannot write. */
export function addDurations(one: Duration, other: Duration): string | null {
  const [months, days] = [one.months + other.months, one.days + other.days];
  const milliseconds = one.milliseconds + other.milliseconds;
  if (months === 0 && days === 0) return printDuration(milliseconds);
  const parts = [months, days, milliseconds];
  const isNegative = parts.some((part) => part < 0);
  if (isNegative && parts.some((part) => part > 0)) return null;
  const calendar = `${months ? `${Math.abs(months)}M` : ""}${days ? `${Math.abs(days)}D` : ""}`;
  const time = milliseconds ? printDuration(Math.abs(milliseconds)).slice(1) : "";
  return `${isNegative ? "-" : ""}P${calendar}${time}`;
}

/** A day counts 24 hours; null where months make the length depend on the calendar. */
export function exactMilliseconds({ months, days, milliseconds }: Duration): number | null {
  return months === 0 ? days * DAY + milliseconds : null;
}

/** Moves a local date or time by the calendar part: months first (31 January + 1 month is the last of February), then days. */
export function moveLocal(local: number, { months, days }: Duration): number {
  const day = Math.floor(local / DAY) * DAY;
  const from = new Date(day);
  const month = from.getUTCMonth() + months;
  const last = new Date(Date.UTC(2000 + (from.getUTCFullYear() % 400), month + 1, 0)).getUTCDate();
  const moved = new Date(day);
  moved.setUTCFullYear(from.getUTCFullYear(), month, Math.min(from.getUTCDate(), last));
  return moved.getTime() + (local - day) + days * DAY;
}
