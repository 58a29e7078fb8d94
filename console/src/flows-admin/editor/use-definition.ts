import { useRef, useState } from "react";
import { same } from "../../admin/editing/same.ts";

const REMEMBERED = 200;

export type Definition = {
  value: unknown;
  /** A change; those with the same `mark` in a row, such as letters of one field, are undone together. */
  change(value: unknown, mark?: string): void;
  undo: (() => void) | null;
  redo: (() => void) | null;
  dirty: boolean;
  isDirty(): boolean;
  revision: number;
  /** What is stored now; what is typed stays where `keep` says so. */
  adopt(stored: Stored, keep?: unknown): void;
};
type Stored = { definition: unknown; revision: number };

/** The definition that is being edited: what is stored, what was made of it, and the way back. */
export function useDefinition(read: Stored): Definition {
  const [stored, setStored] = useState(read);
  const [value, setValue] = useState(read.definition);
  const [past, setPast] = useState<unknown[]>([]);
  const [future, setFuture] = useState<unknown[]>([]);
  const lastMark = useRef<string | undefined>(undefined);
  const dirty = !same(stored.definition, value);
  // True to the moment: leaving right after saving must not ask.
  const dirtyNow = useRef(dirty);
  dirtyNow.current = dirty;
  const adopt = (next: Stored, keep: unknown = next.definition) => {
    setStored(next);
    setValue(keep);
    dirtyNow.current = !same(next.definition, keep);
    lastMark.current = undefined;
  };
  // Somebody else saved while nothing was changed here: follow. With something changed, saving tells of the conflict.
  if (!dirty && stored.revision < read.revision) adopt(read);
  const step = (
    from: unknown[],
    put: (items: unknown[]) => void,
    other: (add: (items: unknown[]) => unknown[]) => void,
  ) =>
    from.length === 0
      ? null
      : () => {
          other((items) => [...items, value]);
          setValue(from.at(-1));
          put(from.slice(0, -1));
          lastMark.current = undefined;
        };
  return {
    value,
    change(next, mark) {
      if (mark === undefined || mark !== lastMark.current) setPast((items) => [...items, value].slice(-REMEMBERED));
      lastMark.current = mark;
      setFuture([]);
      setValue(next);
    },
    undo: step(past, setPast, setFuture),
    redo: step(future, setFuture, setPast),
    dirty,
    isDirty: () => dirtyNow.current,
    revision: stored.revision,
    adopt,
  };
}
