import type { Flow } from "@clew/contract/flows/definition";

type Nodes = Record<string, object>;
/** Further members of the flow. */
type More = { label?: string; title?: string; inputs?: object; vars?: object };

/** A button at the session, called by its key unless told. It begins with the first of its nodes. */
export function button(key: string, nodes: Nodes, { label = key, title = label, ...more }: More = {}): Flow {
  return {
    ...{ $schema: "flow/1", key, kind: "screen", audience: "agent", title },
    trigger: { on: "agent.button", where: ["session"], label },
    inputs: { conversationId: { type: "text", required: true } },
    start: Object.keys(nodes)[0],
    ...more,
    nodes,
  } as unknown as Flow;
}

/** A button that opens the form for the customer of the conversation. `ask`: more of the node that does; `nodes`: others. */
export function asks(
  key: string,
  { form, ask = {}, nodes = {}, ...more }: { form: string; ask?: object; nodes?: Nodes } & More,
): Flow {
  const opens = { type: "cowork.form", flow: form, conversation: "=conversationId", cancelled: "end", expired: "end" };
  return button(key, { ask: { ...opens, next: "end", ...ask }, ...nodes, end: { type: "end" } }, more);
}

/** The button for a form that is named after it: `open` and its key. */
export const opens = (form: string): Flow => asks(`open${form}`, { form });

/** A form of one page, called by its key. `page`: more of the page; `outputs`: what comes of it, each the answer of that name. */
export function formOf(
  key: string,
  {
    components,
    page = {},
    outputs = {},
  }: { components: readonly object[]; page?: object; outputs?: Record<string, object> },
): Flow {
  const out = Object.fromEntries(Object.keys(outputs).map((name) => [name, `=ask.${name}`]));
  return {
    ...{ $schema: "flow/1", key, kind: "screen", audience: "customer", title: key, outputs, start: "ask" },
    nodes: { ask: { type: "screen", title: key, components, ...page, next: "done" }, done: { type: "end", out } },
  } as unknown as Flow;
}

/** A form with a secret in it, which nobody keeps. */
export const pinForm = (key: string): Flow =>
  formOf(key, {
    components: [{ id: "pin", kind: "secret", label: "PIN", required: true }],
    outputs: { pin: { type: "text?", privacy: "secret" } },
  });
