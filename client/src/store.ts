/** What a view needs of a state: read it, and hear of changes. Fits `useSyncExternalStore` and signals alike. */
export type Readable<State> = {
  get(): State;
  /** Calls back after each change; the result unsubscribes. */
  subscribe(listener: () => void): () => void;
};

export type Store<State> = Readable<State> & {
  /** Replaces the named parts; tells nobody when none of them is another value than before. */
  set(part: Partial<State>): void;
};

/** A small observable record. Each state is a new object, parts that did not change stay the same objects. */
export function createStore<State extends object>(initial: State): Store<State> {
  let state = initial;
  const listeners = new Set<() => void>();
  return {
    get: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    set(part) {
      const changed = Object.entries(part).some(([key, value]) => !Object.is(state[key as keyof State], value));
      if (!changed) return;
      state = { ...state, ...part };
      for (const listener of [...listeners]) listener();
    },
  };
}
