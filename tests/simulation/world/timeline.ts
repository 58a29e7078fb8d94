type Entry = { due: number; order: number; call: (() => void) | null };

/** Virtual time: what is to happen, in the order in which it falls due. Milliseconds since the world began. */
export class Timeline {
  now = 0;
  /** How much is under way: frames, requests, work of disks. Timers that only wait do not count. */
  busy = 0;
  readonly #heap: Entry[] = [];
  #order = 0;

  /** Calls once after `ms`; the result cancels. */
  after(ms: number, call: () => void): () => void {
    this.#order += 1;
    const entry: Entry = { due: this.now + Math.ceil(Math.max(0, ms)), order: this.#order, call };
    this.#push(entry);
    return () => {
      entry.call = null;
    };
  }

  /** Resolves after `ms`. */
  pass(ms: number): Promise<void> {
    return new Promise((resolve) => this.after(ms, resolve));
  }

  /** Calls once after `ms` during which something is under way. */
  work(ms: number, call: () => void): void {
    this.busy += 1;
    this.after(ms, () => {
      this.busy -= 1;
      call();
    });
  }

  /** Resolves after `ms` of work. */
  workFor(ms: number): Promise<void> {
    return new Promise((resolve) => this.work(ms, resolve));
  }

  /** How long until the next thing happens; null when nothing is to come. */
  gap(): number | null {
    while (this.#heap[0] && this.#heap[0].call === null) this.#pop();
    const [next] = this.#heap;
    return next ? next.due - this.now : null;
  }

  /** Lets the next thing happen; false when there is none. */
  step(): boolean {
    if (this.gap() === null) return false;
    const next = this.#pop();
    this.now = Math.max(this.now, next.due);
    next.call?.();
    return true;
  }

  #push(entry: Entry): void {
    const heap = this.#heap;
    let index = heap.push(entry) - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!before(entry, heap[parent] as Entry)) break;
      heap[index] = heap[parent] as Entry;
      index = parent;
    }
    heap[index] = entry;
  }

  #pop(): Entry {
    const heap = this.#heap;
    const first = heap[0] as Entry;
    const last = heap.pop() as Entry;
    if (heap.length === 0) return first;
    let index = 0;
    for (;;) {
      let child = 2 * index + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && before(heap[child + 1] as Entry, heap[child] as Entry)) child += 1;
      if (!before(heap[child] as Entry, last)) break;
      heap[index] = heap[child] as Entry;
      index = child;
    }
    heap[index] = last;
    return first;
  }
}

const before = (a: Entry, b: Entry) => a.due < b.due || (a.due === b.due && a.order < b.order);

const realTurn = setImmediate;

/** From now on a turn of the loop, as the door takes one, is something that happens in virtual time; the result undoes it. */
export function takeOverTurns(timeline: Timeline): () => void {
  const turn = (call: () => void) => timeline.work(0, call);
  globalThis.setImmediate = turn as unknown as typeof setImmediate;
  return () => {
    globalThis.setImmediate = realTurn;
  };
}

/** Lets every promise that waits for nothing from outside run to its end: they all do before the next turn of the loop. */
export function settle(): Promise<void> {
  return new Promise((resolve) => realTurn(resolve));
}
