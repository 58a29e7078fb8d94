import type { RecordObject, StoredRecord } from "@clew/contract/flows/records";
import type { Problem } from "@clew/contract/problems";
import { Alert, Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { type FormEvent, useState } from "react";
import { failureText } from "../strings/problems.ts";
import { FieldInput } from "./field-input.tsx";
import { textOf } from "./field-type.ts";
import classes from "./records.module.css";
import { r } from "./words.ts";

type Values = Readonly<Record<string, unknown>>;
type Answer = { ok: true; value: StoredRecord } | { ok: false; problem: Problem };
type Props = {
  object: RecordObject;
  /** Null for one to be made. */
  record: StoredRecord | null;
  store(values: Record<string, unknown>, version: number): Promise<Answer>;
  latest?: () => Promise<Answer>;
  onStored?: (record: StoredRecord) => void;
};

/** The fields of a record. Only what was typed is sent; who was slower is told, and chooses. */
export function RecordForm({ object, record, store, latest, onStored }: Props) {
  const [base, setBase] = useState(record);
  const [typed, setTyped] = useState<Values>({});
  const [problems, setProblems] = useState<Readonly<Record<string, string>>>({});
  const [failure, setFailure] = useState<string | null>(null);
  const [theirs, setTheirs] = useState<StoredRecord | null>(null);
  const [busy, setBusy] = useState(false);
  const dirty = Object.keys(typed).length > 0;
  // Changed elsewhere while nothing was typed here: follow.
  if (record && base && record.version > base.version && !dirty && !busy) setBase(record);
  const shownOf = (key: string) => (key in typed ? typed[key] : (base?.values[key] ?? null));

  function change(key: string, value: unknown) {
    const { [key]: _, ...others } = typed;
    setTyped(value === (base?.values[key] ?? null) ? others : { ...typed, [key]: value });
    setProblems(({ [key]: _solved, ...rest }) => rest);
  }

  function adopt(stored: StoredRecord) {
    setBase(stored);
    setTyped({});
    setTheirs(null);
    setProblems({});
  }

  async function save(version: number): Promise<void> {
    setBusy(true);
    setFailure(null);
    const result = await store({ ...typed }, version);
    if (result.ok) {
      adopt(result.value);
      notifications.show({ message: r("record.saved") });
      onStored?.(result.value);
    } else if (result.problem.code === "conflict" && latest) {
      const now = await latest();
      if (now.ok) setTheirs(now.value);
      else setFailure(failureText(now));
    } else if (Object.keys(result.problem.fields ?? {}).length > 0) setProblems(result.problem.fields ?? {});
    else setFailure(failureText(result));
    setBusy(false);
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    void save(base?.version ?? 0);
  }

  return (
    <form className={classes.form} onSubmit={submit} aria-label={object.settings.label} noValidate>
      {theirs && (
        <Alert color="orange" title={r("record.conflict")} role="alert">
          {r("record.conflictAbout")}
          <div className={classes.actions}>
            <Button size="xs" loading={busy} onClick={() => void save(theirs.version)}>
              {r("record.keepMine")}
            </Button>
            <Button size="xs" variant="default" onClick={() => adopt(theirs)}>
              {r("record.takeTheirs")}
            </Button>
          </div>
        </Alert>
      )}
      {object.settings.fields.map((field) => {
        const now = theirs?.values[field.key] ?? null;
        const differs = theirs && field.key in typed && JSON.stringify(now) !== JSON.stringify(typed[field.key]);
        return (
          <FieldInput
            key={field.key}
            field={field}
            value={shownOf(field.key)}
            masked={base?.masked.includes(field.key) ?? false}
            error={problemText(problems[field.key])}
            theirs={differs ? textOf(now) || r("record.blank") : undefined}
            onChange={(value) => change(field.key, value)}
          />
        );
      })}
      {failure && <Alert color="red" title={failure} role="alert" />}
      {!theirs && (dirty || !base) && (
        <div className={classes.actions}>
          <Button type="submit" loading={busy}>
            {base ? r("record.save") : r("record.make")}
          </Button>
          {base && (
            <Button variant="default" onClick={() => adopt(base)}>
              {r("record.discard")}
            </Button>
          )}
        </div>
      )}
    </form>
  );
}

function problemText(problem: string | undefined): string | undefined {
  if (problem === undefined) return undefined;
  if (problem === "required") return r("record.bad.required");
  return problem === "not-found" ? r("record.bad.notFound") : r("record.bad.type");
}
