const UNITS = [
  { ms: 86_400_000, one: "day", many: "days" },
  { ms: 3_600_000, one: "hour", many: "hours" },
  { ms: 60_000, one: "minute", many: "minutes" },
  { ms: 1000, one: "second", many: "seconds" },
] as const;

export type DurationUnit = "second" | "minute" | "hour" | "day";
export const UNIT_MS: Record<DurationUnit, number> = { second: 1000, minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/** Milliseconds as people say them: "1 hour 30 minutes", "45 seconds"; the two largest units, never "0 minutes". */
export function durationInWords(ms: number): string {
  let rest = Math.round(ms / 1000) * 1000;
  if (rest === 0) return "0 seconds";
  const parts: string[] = [];
  for (const unit of UNITS) {
    const amount = Math.floor(rest / unit.ms);
    rest -= amount * unit.ms;
    if (amount > 0) parts.push(`${amount} ${amount === 1 ? unit.one : unit.many}`);
  }
  return parts.slice(0, 2).join(" ");
}

/** The largest unit in which the length is a whole number, for showing it in a number box with a unit beside it. */
export function splitDuration(ms: number): { amount: number; unit: DurationUnit } {
  for (const unit of ["day", "hour", "minute"] as const) {
    if (ms > 0 && ms % UNIT_MS[unit] === 0) return { amount: ms / UNIT_MS[unit], unit };
  }
  return { amount: Math.round(ms / 1000), unit: "second" };
}
