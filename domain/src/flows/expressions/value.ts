/** What formulas compute with: JSON. Dates, times, datetimes and durations are ISO 8601 texts. */
export type Value = null | boolean | number | string | readonly Value[] | { readonly [name: string]: Value };
