const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A length of time in ms in its largest unit: "<1s", "12s", "4m", "3h", "12d". */
export function spanText(length: number): string {
  if (length < SECOND) return "<1s";
  if (length < MINUTE) return `${Math.floor(length / SECOND)}s`;
  if (length < HOUR) return `${Math.floor(length / MINUTE)}m`;
  if (length < DAY) return `${Math.floor(length / HOUR)}h`;
  return `${Math.floor(length / DAY)}d`;
}
