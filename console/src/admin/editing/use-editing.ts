import type { Problem } from "@clew/contract/problems";
import { useRef, useState } from "react";
import { problemOf } from "../api/admin-api.tsx";
import { problemSentence } from "../api/problem-sentence.ts";
import { errorBelow, type FieldErrors, fieldErrors } from "./pointer.ts";
import { rebase } from "./rebase.ts";
import { same } from "./same.ts";

/** Settings as the store holds them; revision null: not yet stored. */
export type Version<S> = { settings: S; revision: number | null };

export type Editing<S> = {
  value: S;
  /** Sets some of the settings and forgets their errors. */
  change(patch: Partial<S>): void;
  /** Takes an optional setting away altogether. */
  drop(name: keyof S & string): void;
  /** The error at a JSON pointer, or below it. */
  error(pointer: string): string | undefined;
  errors: FieldErrors;
  /** A refusal that belongs to no field. */
  problem: Problem | null;
  dirty: boolean;
  /** As `dirty`, but true to the moment: leaving a page right after saving must not ask. */
  isDirty(): boolean;
  isNew: boolean;
  revision: number | null;
  saving: boolean;
  /** True when it was stored. */
  save(): Promise<boolean>;
  discard(): void;
  /** What somebody else has saved since this was read. */
  conflict: Version<S> | null;
  keepMine(): void;
  takeTheirs(): void;
};

type Source<S> = {
  stored: Version<S>;
  check(settings: S): FieldErrors;
  store(settings: S, revision: number | null): Promise<Version<S>>;
  /** Reads the store again, for a conflict. */
  latest(): Promise<Version<S> | undefined>;
};

/** One form over settings with a revision: what was read, what is typed, what is wrong with it, and who was faster. */
export function useEditing<S extends object>({ stored, check, store, latest }: Source<S>): Editing<S> {
  const [read, setRead] = useState(stored);
  const [value, setValue] = useState(stored.settings);
  const [errors, setErrors] = useState<FieldErrors>({});
  const [problem, setProblem] = useState<Problem | null>(null);
  const [conflict, setConflict] = useState<Version<S> | null>(null);
  const [saving, setSaving] = useState(false);
  const dirty = !same(read.settings, value);
  const dirtyNow = useRef(dirty);
  dirtyNow.current = dirty;

  const adopt = (version: Version<S>, typed: S = version.settings) => {
    setRead(version);
    setValue(typed);
    setErrors({});
    setProblem(null);
    setConflict(null);
    dirtyNow.current = !same(version.settings, typed);
  };
  // Somebody else saved while nothing was typed here: follow. With something typed, the conflict tells when saving.
  if (!dirty && !saving && stored.revision !== null && (read.revision ?? 0) < stored.revision) adopt(stored);

  const change = (patch: Partial<S>) => {
    setValue((before) => ({ ...before, ...patch }));
    setErrors((before) => withoutErrors(before, Object.keys(patch)));
    setProblem(null);
  };

  const drop = (name: keyof S & string) => {
    setValue((before) => Object.fromEntries(Object.entries(before).filter(([key]) => key !== name)) as S);
    setErrors((before) => withoutErrors(before, [name]));
    setProblem(null);
  };

  const refused = async (thrown: unknown) => {
    const refusal = problemOf(thrown);
    const theirs = refusal.code === "conflict" ? await latest() : undefined;
    if (theirs !== undefined && theirs.revision !== read.revision) setConflict(theirs);
    else {
      const found = fieldErrors(refusal, problemSentence);
      setErrors(found);
      setProblem(Object.keys(found).length === 0 ? refusal : null);
    }
  };

  const save = async () => {
    const found = check(value);
    setErrors(found);
    setProblem(null);
    if (Object.keys(found).length > 0) return false;
    setSaving(true);
    try {
      adopt(await store(value, read.revision));
      return true;
    } catch (thrown) {
      await refused(thrown);
      return false;
    } finally {
      setSaving(false);
    }
  };

  return {
    value,
    change,
    drop,
    errors,
    error: (pointer) => errorBelow(errors, pointer),
    problem,
    dirty,
    isDirty: () => dirtyNow.current,
    isNew: read.revision === null,
    revision: read.revision,
    saving,
    save,
    discard: () => adopt(read),
    conflict,
    keepMine: () => conflict && adopt(conflict, rebase(read.settings, value, conflict.settings)),
    takeTheirs: () => conflict && adopt(conflict),
  };
}

function withoutErrors(errors: FieldErrors, keys: string[]): FieldErrors {
  return Object.fromEntries(Object.entries(errors).filter(([pointer]) => !keys.includes(pointer.split("/")[1] ?? "")));
}
