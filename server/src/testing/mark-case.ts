import type { Flow } from "@clew/contract/flows/definition";

/** Reads a case, waits for a word, then writes; on a conflict it reads again. */
export const MARK_CASE: Flow = {
  $schema: "flow/1",
  key: "case.mark",
  kind: "background",
  title: "Mark a case",
  trigger: { on: "agent.button", where: ["case"], label: "Mark" },
  inputs: { caseId: { type: "id:Case", required: true } },
  vars: { kase: { type: "record:Case?" } },
  start: "load",
  nodes: {
    load: {
      type: "records.get",
      object: "Case",
      where: [["id", "eq", "=caseId"]],
      into: "kase",
      next: "pause",
    },
    pause: {
      type: "wait",
      any: [
        { event: "mark.go", key: "=caseId", next: "store" },
        { after: "P1D", next: "end" },
      ],
    },
    store: {
      type: "records.update",
      object: "Case",
      id: "=kase.id",
      ifVersion: "=kase.version",
      values: { status: "marked" },
      faults: [{ match: ["conflict"], next: "reload" }],
      next: "end",
    },
    reload: {
      type: "records.get",
      object: "Case",
      where: [["id", "eq", "=caseId"]],
      into: "kase",
      next: "store",
      maxVisits: 3,
    },
    end: { type: "end" },
  },
} as unknown as Flow;
