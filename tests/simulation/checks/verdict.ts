/** The rules of docs/rules/simulation.md that a run may break. */
export type RuleName = `SI${number}`;

/** What a run found: the first breach, and when. */
export type Breach = { rule: RuleName; what: string };

export class Verdict {
  breach: Breach | null = null;

  /** The first breach counts; what follows from it says nothing new. */
  found(rule: RuleName, what: string): void {
    this.breach ??= { rule, what };
  }
}

export const brief = (value: unknown): string => JSON.stringify(value)?.slice(0, 300) ?? String(value);
