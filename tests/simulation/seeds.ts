/**
 * Seeds that found something once, with what it was. They are played first, for ever. A change of what people do or of the
 * order of chance makes a seed another world; the defect itself has a test of its own beside its source.
 */
export const REGRESSIONS: readonly { seed: number; found: string }[] = [
  { seed: 8, found: "words overtook each other while a second start was under way" },
  { seed: 13, found: "a repeated start whose message had joined an open conversation failed inside" },
  { seed: 5, found: "who resumed was not told how far the other side had read" },
  { seed: 96, found: "a verified customer signed out elsewhere and vouched for again stayed cut off" },
];

/** Seeds that find something that is not mended yet. They are left out; whoever mends it takes the line away. */
export const OPEN: readonly { seed: number; finds: string }[] = [
  {
    seed: 84,
    finds: "SI7: the last words of a burst, on disk when their tab closes or crashes, are never sent (c0b.2#17)",
  },
  { seed: 170, finds: "SI7: the same (c2a.1#24)" },
  { seed: 397, finds: "SI5: a customer's tab stays closed after healing (c1b.2)" },
];
