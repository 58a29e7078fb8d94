/**
 * Lets a system that fails all the time have its rest. Closed: calls go out. Open, after `breakAfter` faults in a row:
 * none goes out for `restMs`. Then one may try; when it fails, the rest begins anew.
 */
export class Breaker {
  #faults = 0;
  #openUntil = 0;
  #trying = false;

  /** Whether a call may go out now. Who was let through says how it went. */
  mayCall(now: number): boolean {
    if (this.#openUntil === 0) return true;
    if (now < this.#openUntil || this.#trying) return false;
    this.#trying = true;
    return true;
  }

  went(well: boolean, now: number, { breakAfter, restMs }: { breakAfter: number; restMs: number }): void {
    this.#trying = false;
    this.#faults = well ? 0 : this.#faults + 1;
    this.#openUntil = this.#faults >= breakAfter ? now + restMs : 0;
  }
}
