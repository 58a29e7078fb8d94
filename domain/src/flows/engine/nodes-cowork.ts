import type { NodeOf } from "@clew/contract/flows/definition";
import type { Value } from "../expressions/expression.ts";
import type { Context, Move } from "./context.ts";
import { rememberForm } from "./correcting.ts";
import type { Input } from "./given.ts";
import { conversationOf } from "./nodes-conversation.ts";
import type { FormAction, FormOpening } from "./operation.ts";
import { RunFault, type Wait } from "./run.ts";

type CoworkNode = NodeOf<"cowork.form" | "cowork.open" | "cowork.await" | "cowork.act">;
type Waiting = NodeOf<"cowork.form" | "cowork.await">;
type FormData = { outcome: string; answers: Value; receipt: Value; labels: Record<string, string>; closed: boolean };

/** How long drafts of a form outlive it, unless the node says: a day, in milliseconds. */
const GRACE_MS = 24 * 3_600_000;
const OUTCOMES_OF_FORMS = ["submitted", "cancelled", "expired", "superseded"];

export function coworkNode(context: Context, node: CoworkNode): Move {
  switch (node.type) {
    case "cowork.form":
    case "cowork.open":
      if ((context.run.opened?.length ?? 0) >= context.limit("formsPerRun"))
        throw new RunFault("limit", "Too many forms were opened");
      return context.want({ do: "form.open", form: opening(context, node) });
    case "cowork.await": {
      const handles = [node.handles].flat();
      const ids = handles.map((path) => formIdOf(context, path));
      context.frame.stage = { name: "awaiting", data: { ids, got: ids.map(() => null) } };
      return waitForForms(context, ids);
    }
    case "cowork.act": {
      const action = actionOf(context, node);
      return context.want({ do: "form.act", formId: formIdOf(context, node.handle), action });
    }
  }
}

/** The form is open: the script goes on with a handle, or waits. */
export function coworkResult(
  context: Context,
  node: NodeOf<"cowork.form" | "cowork.open">,
  { value = null }: Extract<Input, { type: "result" }>,
): Move {
  const formId = idIn(value);
  // The same script was started twice: the run whose form it is goes on with it, and nothing is left for this one.
  if (typeof value === "object" && value !== null && "heldBy" in value) return { stop: true };
  if (context.run.opened) context.run.opened = [...new Set([...context.run.opened, formId])];
  if (node.type === "cowork.open") {
    context.set(node.handle, { id: formId });
    return { go: "next" };
  }
  context.frame.stage = { name: "awaiting", data: { ids: [formId], got: [null] } };
  return waitForForms(context, [formId]);
}

function waitForForms(context: Context, ids: readonly string[]): Move {
  const waits = ids.map((id): Wait => ({ branch: id, event: { type: "form", key: id } }));
  return { block: { kind: "wait", id: context.newId(), waits } };
}

/** A form was sent, or will not be. */
export function coworkEvent(context: Context, node: Waiting, wait: Wait, given: Value): Move {
  const { frame } = context;
  const data = formData(given);
  if (data.closed && catchesClosing(node)) throw new RunFault("conversationClosed", "The conversation was closed");
  const { ids, got } = (frame.stage?.data ?? { ids: [], got: [] }) as unknown as {
    ids: string[];
    got: (FormData | null)[];
  };
  const place = ids.indexOf(wait.branch);
  const now = got.map((one, index) => (index === place ? data : one));
  const any = node.type === "cowork.await" && node.await === "any";
  if (data.outcome !== "submitted" && !(any && now.includes(null))) return { go: data.outcome };
  const open = ids.filter((_, index) => now[index] === null);
  if (open.length > 0 && !(any && data.outcome === "submitted")) {
    frame.stage = { name: "awaiting", data: { ids, got: now } as unknown as Value };
    return waitForForms(context, open);
  }
  const single = node.type === "cowork.form" || typeof node.handles === "string";
  if (node.into) {
    context.set(node.into, single ? data.answers : now.map((one) => one?.answers ?? null));
    if (single) context.label(node.into, data.labels);
  }
  if (node.receiptInto) context.set(node.receiptInto, single ? data.receipt : now.map((one) => one?.receipt ?? null));
  for (const [index, id] of ids.entries()) if (now[index]) rememberForm(context, id, single ? null : index);
  return { go: "next" };
}

/** A flow that says nothing of closed conversations takes such a form as one that was given up. */
function catchesClosing({ faults = [] }: Waiting): boolean {
  return faults.some(({ match }) => match.includes("conversationClosed"));
}

/** What came of a form. Without a known word it is as if it had been cancelled. */
export function formData(given: Value): FormData {
  const data = (typeof given === "object" && given !== null && !Array.isArray(given) ? given : {}) as Partial<FormData>;
  return {
    outcome: OUTCOMES_OF_FORMS.includes(data.outcome ?? "") ? (data.outcome as string) : "cancelled",
    answers: data.answers ?? null,
    receipt: data.receipt ?? null,
    labels: data.labels ?? {},
    closed: data.closed === true,
  };
}

function opening(context: Context, node: NodeOf<"cowork.form" | "cowork.open">): FormOpening {
  const { frame, run, given } = context;
  const expiresAfter = context.duration(node.expires);
  return {
    flow: node.flow,
    version: given.locked(frame.key, frame.version, node.flow) ?? run.resolved[node.flow] ?? null,
    conversationId: conversationOf(context, node.conversation),
    inputs: context.values(node.in),
    prefill: context.values(node.prefill),
    live: node.live ?? "values",
    suggest: node.suggest ?? true,
    confirmPrefill: node.confirmPrefill ?? false,
    submitBy: node.submitBy ?? "customer",
    announce: node.announce === undefined ? null : context.message(node.announce),
    expiresAfter,
    remindAfter: context.duration(node.remindAfter),
    grace: context.duration(node.grace) ?? GRACE_MS,
    acceptLate: node.acceptLate ?? "never",
    ifOpen: node.ifOpen ?? "reuse",
    fallback: node.fallback ?? "ask",
  };
}

function actionOf(context: Context, { action }: NodeOf<"cowork.act">): FormAction {
  switch (action.do) {
    case "focus":
      return { do: "focus", field: action.field };
    case "hint":
      return { do: "hint", field: action.field, text: context.text(action.text) };
    case "suggest":
      return { do: "suggest", field: action.field, value: context.value(action.value) };
    case "sendBack":
      return { do: "sendBack", text: context.text(action.text), fields: action.fields ?? [] };
    case "extend":
      return { do: "extend", by: context.duration(action.by) ?? 0 };
    case "cancel":
      return { do: "cancel", text: action.text === undefined ? null : context.text(action.text) };
  }
}

/** A handle names a form that was opened for this very run, however its variable came by it. */
function formIdOf(context: Context, path: string): string {
  const id = idIn(context.read(path));
  if (context.run.opened?.includes(id) === false)
    throw new RunFault("forbidden", "This form was not opened by this run");
  return id;
}

function idIn(value: Value): string {
  const id = typeof value === "object" && value !== null && "id" in value ? value.id : null;
  if (typeof id !== "string") throw new RunFault("notFound", "There is no form");
  return id;
}
