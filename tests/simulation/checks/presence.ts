import type { Customer } from "../people/customer.ts";
import type { Network } from "../world/network.ts";
import type { CommittedLog } from "./log.ts";
import type { Verdict } from "./verdict.ts";

/** Within this time whoever is connected again must be back, in milliseconds: wake-ups get lost, disks are slow. */
const BACK_WITHIN_MS = 10_000;

type Tab = Customer["tabs"][number];
type Parts = { network: Network; log: CommittedLog; verdict: Verdict };

/** Looks at whether anybody is taken for away who is connected. */
export class Presence {
  readonly #parts: Parts;
  /** Since when a tab has been live over a connection that is whole, with a conversation that has its customer for away. */
  readonly #here = new Map<Tab, { id: string; since: number }>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  judge(customers: readonly Customer[], now: number): void {
    for (const { browser, tabs } of customers) {
      const whole = this.#parts.network.isWhole(browser);
      for (const tab of tabs) {
        const { connection, conversation } = tab.chat.state.get();
        const id = whole && connection.name === "live" ? (conversation?.id ?? "") : "";
        const away = this.#parts.log.states.get(id)?.snapshot.session?.away;
        const known = this.#here.get(tab);
        if (!away) this.#here.delete(tab);
        else if (known?.id !== id) this.#here.set(tab, { id, since: now });
        else if (now - known.since > BACK_WITHIN_MS)
          this.#parts.verdict.found("SI16", `${tab.name} is connected, and ${id} has them for away`);
      }
    }
  }
}
