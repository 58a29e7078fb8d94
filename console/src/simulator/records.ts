import type { Operation, OperationOf } from "@clew/domain/flows/engine/operation";
import type { Values } from "@clew/domain/flows/engine/run";
import type { Value } from "@clew/domain/flows/expressions/expression";
import type { Records } from "./state.ts";

export type Done =
  | { outcome?: string; value?: Value; records?: Records }
  | { fault: "conflict" | "notFound" | "limit"; message: string };

/** What the made-up records answer to an operation on records; null for any other. */
export function doneWithRecords(operation: Operation, records: Records, newId: () => string): Done | null {
  switch (operation.do) {
    case "records.get": {
      const found = rowsOf(records, operation.object).filter((row) => fits(row, operation.where));
      const sorted = [...found].sort((one, other) => order(one, other, operation.sort)).slice(0, operation.limit);
      return sorted.length > 0 ? { value: sorted } : { outcome: "notFound" };
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

function fits(row: Values, where: OperationOf<"records.get">["where"]): boolean {
  return where.every(([field, operator, value]) => holds(at(row, field), operator, value));
}

function holds(held: Value, operator: string, value: Value): boolean {
  const lower = (one: Value) => (typeof one === "string" ? one.toLocaleLowerCase() : one);
  switch (operator) {
    case "eq":
      return same(held, value);
    case "eqi":
      return same(lower(held), lower(value));
    case "ne":
      return !same(held, value);
    case "isNull":
      return (held === null) === (value !== false);
    case "in":
      return Array.isArray(value) && value.some((one) => same(held, one as Value));
    case "contains":
      return typeof held === "string" && held.includes(String(value));
    case "startsWith":
      return typeof held === "string" && held.startsWith(String(value));
    default: {
      if (held === null || value === null) return false;
      const way = held < value ? -1 : held > value ? 1 : 0;
      return { lt: way < 0, le: way <= 0, gt: way > 0, ge: way >= 0 }[operator] ?? false;
    }
  }
}

function order(one: Values, other: Values, sort: OperationOf<"records.get">["sort"]): number {
  for (const [field, way] of sort) {
    const [left, right] = [String(at(one, field) ?? ""), String(at(other, field) ?? "")];
    if (left !== right) return (left < right ? -1 : 1) * (way === "asc" ? 1 : -1);
  }
  return 0;
}

function at(row: Values, path: string): Value {
  return path.split(".").reduce<Value>((held, part) => {
    const map = typeof held === "object" && held !== null && !Array.isArray(held) ? (held as Values) : {};
    return Object.hasOwn(map, part) ? (map[part] ?? null) : null;
  }, row);
}

function same(one: Value, other: Value): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}
