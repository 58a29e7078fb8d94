import type { NodeOf } from "@clew/contract/flows/definition";
import type { Where } from "@clew/contract/flows/nodes-records";
import type { Context, Move } from "./context.ts";
import type { Operation, WhereValue } from "./operation.ts";

type RecordNode = NodeOf<"records.get"> | NodeOf<"records.create"> | NodeOf<"records.update">;

export function recordNode(context: Context, node: RecordNode): Move {
  switch (node.type) {
    case "records.get":
      return context.want({
        do: "records.get",
        object: node.object,
        where: where(context, node.where as Where),
        sort: (node.sort ?? []) as [string, "asc" | "desc"][],
        limit: node.limit ?? 1,
        fields: node.fields ?? null,
      });
    case "records.create":
      return context.want({
        do: "records.create",
        object: node.object,
        values: context.values(node.values),
        link: node.link === undefined ? [] : [node.link].flat(),
      });
    case "records.update":
      return context.want(update(context, node));
  }
}

function update(context: Context, node: NodeOf<"records.update">): Operation {
  const version = node.ifVersion === undefined ? null : context.value(node.ifVersion);
  return {
    do: "records.update",
    object: node.object,
    id: node.id === undefined ? null : (context.line(node.id) ?? ""),
    where: where(context, (node.where ?? []) as Where),
    maxRows: node.maxRows ?? 1,
    // A version that is not known can be nobody's: the update must not go through as if none had been asked for.
    ifVersion: node.ifVersion === undefined ? null : typeof version === "number" ? version : -1,
    values: context.values(node.values),
    provenance: context.frame.provenance,
  };
}

function where(context: Context, conditions: Where): WhereValue[] {
  return conditions.map(([field, operator, value]) => [field, operator, context.value(value)]);
}
