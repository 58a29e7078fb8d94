import type { Operation, OperationOf } from "@clew/domain/flows/engine/operation";
import type { Values } from "@clew/domain/flows/engine/run";
import type { Value } from "@clew/domain/flows/expressions/expression";
import { fits, picked, sorted } from "@clew/domain/flows/records/fits";
import type { Records } from "./state.ts";

export type Done =
  | { outcome?: string; value?: Value; records?: Records }
  | { fault: "conflict" | "notFound" | "limit"; message: string };

/** What the made-up records answer to an operation on records; null for any other. */
export function doneWithRecords(operation: Operation, records: Records, newId: () => string): Done | null {
  switch (operation.do) {
    case "records.get": {
      const found = rowsOf(records, operation.object).filter((row) => fits(row, operation.where));
      const first = sorted(found, operation.sort).slice(0, operation.limit);
      const { fields } = operation;
      if (first.length === 0) return { outcome: "notFound" };
      return { value: fields === null ? first : first.map((row) => picked(row, fields)) };
    }
    case "records.create": {
      const row: Values = { id: newId(), version: 1, ...operation.values };
      const rows = [...rowsOf(records, operation.object), row];
      return { value: row, records: { ...records, [operation.object]: rows } };
    }
    case "records.update":
      return updated(operation, records);
    default:
      return null;
  }
}

function updated(operation: OperationOf<"records.update">, records: Records): Done {
  const { object, id, where, maxRows, ifVersion, values } = operation;
  const rows = rowsOf(records, object);
  const wanted = rows.filter((row) => (id === null ? fits(row, where) : row.id === id));
  if (wanted.length === 0)
    return id === null ? { outcome: "notFound" } : { fault: "notFound", message: `There is no such ${object}` };
  if (wanted.length > maxRows) return { fault: "limit", message: `More than ${maxRows} records would change` };
  if (ifVersion !== null && wanted.some(({ version }) => (version ?? 1) !== ifVersion))
    return { fault: "conflict", message: `${object} has changed since it was read` };
  const after = wanted.map((row): Values => ({ ...row, ...values, version: Number(row.version ?? 1) + 1 }));
  const changed = rows.map((row) => (wanted.includes(row) ? (after[wanted.indexOf(row)] as Values) : row));
  return { value: after[0] ?? null, records: { ...records, [object]: changed } };
}

function rowsOf(records: Records, object: string): readonly Values[] {
  return Object.hasOwn(records, object) ? (records[object] ?? []) : [];
}
