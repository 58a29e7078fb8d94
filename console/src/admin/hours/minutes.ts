/** Minutes since midnight (0 to 1440) as "09:05"; the end of the day is "24:00". */
export function minutesAsText(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
}

/**
 * Minutes since midnight from what people type: "9", "9:30", "0930", "9.30", "5pm", "24:00". Null when it is no time of day.
 */
export function minutesFromText(text: string): number | null {
  const match = /^(\d{1,2})(?:[:.h]?(\d{2}))?\s*(am|pm)?$/i.exec(text.trim());
  if (match === null) return null;
  const half = match[3]?.toLowerCase();
  const minute = Number(match[2] ?? 0);
  let hour = Number(match[1]);
  if (half !== undefined && (hour < 1 || hour > 12)) return null;
  if (half === "am" && hour === 12) hour = 0;
  if (half === "pm" && hour < 12) hour += 12;
  const minutes = hour * 60 + minute;
  return minute > 59 || minutes > 1440 ? null : minutes;
}

export type Span = { from: number; to: number };

export type SpanProblem = { index: number; what: "ends-before-it-starts" | "overlaps" };

/** What is wrong with the spans of one day, in their order on the screen. */
export function problemsOfDay(spans: readonly Span[]): SpanProblem[] {
  const problems: SpanProblem[] = [];
  for (const [index, span] of spans.entries()) {
    if (span.to <= span.from) problems.push({ index, what: "ends-before-it-starts" });
    else if (spans.slice(0, index).some((other) => span.from < other.to && other.from < span.to))
      problems.push({ index, what: "overlaps" });
  }
  return problems;
}

/** A new span to offer after those of the day: the morning first, then an hour after the last one. */
export function nextSpan(spans: readonly Span[]): Span | null {
  if (spans.length === 0) return { from: 540, to: 1020 };
  const last = Math.max(...spans.map((span) => span.to));
  if (last >= 1440) return null;
  return { from: Math.min(last + 60, 1439), to: Math.min(last + 240, 1440) };
}

/** "09:00–12:00, 13:00–17:30". */
export function dayInWords(spans: readonly Span[]): string {
  return spans.map((span) => `${minutesAsText(span.from)}–${minutesAsText(span.to)}`).join(", ");
}

/** All opening minutes of a week. */
export function weeklyMinutes(week: readonly (readonly Span[])[]): number {
  return week.flat().reduce((sum, span) => sum + Math.max(0, span.to - span.from), 0);
}
