const both = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });
const day = new Intl.DateTimeFormat(undefined, { dateStyle: "medium" });

/** Milliseconds since 1970 as date and time of the reader. */
export const dateTime = (at: number): string => both.format(at);
export const date = (at: number): string => day.format(at);
