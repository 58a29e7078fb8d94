/** Whether "YYYY-MM-DD" names a day that exists. */
export function isCalendarDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const moment = Date.parse(`${text}T00:00:00Z`);
  // Engines may read 30 February as 1 March, so the way back has to give the same.
  return !Number.isNaN(moment) && new Date(moment).toISOString().startsWith(text);
}
