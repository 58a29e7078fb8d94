import { useRef, useState } from "preact/hooks";

/**
 * A value that tells when it changes. The widget's whole state is a handful of these beside the chat's own; every change
 * draws the window again, once a turn. That is all the reactivity it needs, at a tenth of a signal library's size.
 */
export type Box<Value> = { value: Value; peek(): Value };

export function box<Value>(initial: Value, changed: () => void): Box<Value> {
  let current = initial;
  return {
    get value() {
      return current;
    },
    set value(next) {
      if (Object.is(current, next)) return;
      current = next;
      changed();
    },
    peek: () => current,
  };
}

/** A box of one component, which is drawn again when it changes. */
export function useBox<Value>(initial: Value): Box<Value> {
  const [, draw] = useState(0);
  const held = useRef<Box<Value> | null>(null);
  held.current ??= box(initial, () => draw((times) => times + 1));
  return held.current;
}

/** Calls every watcher once after a turn in which something changed, however often it did. */
export function createWatchers() {
  const watchers = new Set<() => void>();
  let due = false;
  return {
    changed(): void {
      if (due) return;
      due = true;
      queueMicrotask(() => {
        due = false;
        for (const watcher of [...watchers]) watcher();
      });
    },
    /** Calls now and after each change; the result stops it. */
    watch(watcher: () => void): () => void {
      watchers.add(watcher);
      watcher();
      return () => void watchers.delete(watcher);
    },
  };
}
