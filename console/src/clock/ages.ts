const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** An age in its largest unit, as a list shows it: "now", "4m", "3h", "2d", "12 May". Times in ms. */
export function age(since: number, now: number): string {
  const passed = Math.max(0, now - since);
  if (passed < MINUTE) return "now";
  if (passed < HOUR) return `${Math.floor(passed / MINUTE)}m`;
  if (passed < DAY) return `${Math.floor(passed / HOUR)}h`;
  if (passed < 7 * DAY) return `${Math.floor(passed / DAY)}d`;
  return day(since, now);
}

/** What is left until a time as "0:42" or "1:02:05"; never below zero. A started second counts whole. */
export function left(until: number, now: number): string {
  return clockText(Math.ceil(Math.max(0, until - now) / SECOND));
}

/** A length of time in ms as "0:42"; a started second does not count. */
export function length(duration: number): string {
  return clockText(Math.floor(Math.max(0, duration) / SECOND));
}

function clockText(seconds: number): string {
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const tail = String(rest).padStart(2, "0");
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, "0")}:${tail}` : `${minutes}:${tail}`;
}

/** "12 May", with the year when it is not this one. */
export function day(at: number, now: number): string {
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  return new Date(at).toLocaleDateString("en-GB", {
    day: "numeric",
    month: "short",
    ...(sameYear ? {} : { year: "numeric" }),
  });
}

export function timeOfDay(at: number): string {
  return new Date(at).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
}

export function sameDay(one: number, other: number): boolean {
  return new Date(one).toDateString() === new Date(other).toDateString();
}

/** A day heading of a conversation: "Today", "Yesterday" or the date, in words the caller gives. */
export function dayHeading(at: number, now: number, words: { today: string; yesterday: string }): string {
  if (sameDay(at, now)) return words.today;
  if (sameDay(at, now - DAY)) return words.yesterday;
  return `${new Date(at).toLocaleDateString("en-GB", { weekday: "long" })}, ${day(at, now)}`;
}
