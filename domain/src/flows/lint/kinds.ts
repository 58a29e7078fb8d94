import type { Finding } from "@clew/contract/flows/lint";
import { NODE_TYPES, TRIGGER_INPUTS, type TriggerWord } from "@clew/contract/flows/words";
import { below, error, nodePath, warning } from "./finding.ts";
import { componentsOf, type RoughComponent, type RoughFlow } from "./rough.ts";

/** A customer's form is a pure path: what comes next follows from inputs and answers alone. */
const IN_FORMS = new Set<unknown>(["screen", "decision", "assign", "end", "subflow"]);
const NOT_IN_ROUTING = ["screen", "cowork.form", "cowork.open", "cowork.await", "cowork.act", "message.draft"];
const NOT_IN_BACKGROUND = ["screen"];
const NOT_IN_SCREENS = ["route"];

/** Triggers that suit each kind. */
const TRIGGERS_OF: Record<string, string[]> = {
  routing: ["session.started", "session.resumed", "api", "none"],
  screen: ["agent.button", "api", "none"],
  background: [
    "session.started",
    "session.resumed",
    "session.ended",
    "message.received",
    "case.changed",
    "schedule",
    "agent.button",
    "api",
    "none",
  ],
  sub: ["none"],
};

/** Components whose answer is no business of a chat message, or cannot be given in one. */
const NOT_ASKED = new Set<unknown>(["secret", "payment", "signature", "consent"]);

/** Components whose answer no other system is asked about while it is filled in. */
const NOT_CHECKED = new Set<unknown>([...NOT_ASKED, "file"]);

export function kindFindings(flow: RoughFlow): Finding[] {
  return [...audienceFindings(flow), ...nodeFindings(flow), ...triggerFindings(flow), ...screenFindings(flow)];
}

export function isCustomerForm(flow: RoughFlow): boolean {
  return flow.audience === "customer";
}

function audienceFindings(flow: RoughFlow): Finding[] {
  if (flow.kind === "screen" && flow.audience === null) {
    const suggestion = 'add "audience": "customer" or "agent"';
    return [error("not-for-audience", "/audience", "a screen flow says who sees it", { suggestion })];
  }
  if ((flow.kind === "routing" || flow.kind === "background") && flow.audience !== null) {
    return [error("not-for-kind", "/audience", `a ${flow.kind} flow has no audience: nobody sees it`)];
  }
  return [];
}

function nodeFindings(flow: RoughFlow): Finding[] {
  return [...flow.nodes].flatMap(([id, { type }]) => {
    if (!(NODE_TYPES as readonly unknown[]).includes(type)) return [];
    const at = below(nodePath(id), "type");
    if (isCustomerForm(flow) && !IN_FORMS.has(type)) {
      const message = `a form for customers holds only screen, decision, assign, subflow and end, not ${type}`;
      const suggestion = "do it in the flow that opens the form, and hand the result in as an input";
      return [error("not-for-audience", at, message, { suggestion })];
    }
    const refused =
      flow.kind === "routing"
        ? NOT_IN_ROUTING
        : flow.kind === "background"
          ? NOT_IN_BACKGROUND
          : flow.kind === "screen"
            ? NOT_IN_SCREENS
            : flow.audience === null
              ? ["screen"]
              : [];
    if (!refused.includes(type as string)) return [];
    if (type === "screen") {
      return [error("invisible-screen", at, `nobody can see the screen ${id}: a ${flow.kind} flow has no audience`)];
    }
    return [error("not-for-kind", at, `${type} has no place in a ${flow.kind} flow`)];
  });
}

function triggerFindings(flow: RoughFlow): Finding[] {
  const { on } = flow.trigger;
  if (typeof on !== "string" || !Object.hasOwn(TRIGGER_INPUTS, on)) return [];
  const found: Finding[] = [];
  const tell = (path: string, message: string, suggestion?: string) =>
    found.push(error("trigger", path, message, suggestion === undefined ? {} : { suggestion }));
  const allowed = isCustomerForm(flow) ? ["none", "api"] : TRIGGERS_OF[flow.kind];
  if (allowed && !allowed.includes(on)) {
    tell("/trigger/on", `a ${flow.kind} flow${isCustomerForm(flow) ? " for customers" : ""} cannot start on ${on}`);
  }
  if (on === "agent.button") {
    if (flow.trigger.label === undefined) tell("/trigger/label", "a button needs words on it", 'add "label"');
    if (flow.trigger.where === undefined) tell("/trigger/where", "a button needs a place", 'add "where": ["case"]');
  }
  if (on === "schedule" && flow.trigger.schedule === undefined) {
    tell("/trigger/schedule", "it is not said when", 'add "schedule", such as { "every": "PT1H" }');
  }
  found.push(...idleFields(flow.trigger, on as TriggerWord));
  const offered = TRIGGER_INPUTS[on as TriggerWord];
  for (const [name, { required, default: fallback }] of flow.inputs) {
    if (!offered || required !== true || fallback !== undefined || Object.hasOwn(offered, name)) continue;
    const gives = `${on} gives ${Object.keys(offered).join(", ")}`;
    found.push(error("missing-input", below("/inputs", name), `nothing gives the input ${name}: ${gives}`));
  }
  return found;
}

const BY_SESSIONS: readonly TriggerWord[] = ["session.started", "session.resumed", "session.ended", "message.received"];
/** Which triggers a field is for. */
const TRIGGERS_WITH: Readonly<Record<string, readonly TriggerWord[]>> = {
  channels: BY_SESSIONS,
  where: ["agent.button"],
  label: ["agent.button"],
  fields: ["case.changed"],
  schedule: ["schedule"],
  filter: [...BY_SESSIONS, "case.changed", "schedule", "agent.button", "api"],
  order: [...BY_SESSIONS, "case.changed"],
};

/** Fields that say nothing about what this trigger is: the author means something that would not happen. */
function idleFields(trigger: RoughFlow["trigger"], on: TriggerWord): Finding[] {
  return Object.entries(TRIGGERS_WITH).flatMap(([field, triggers]) => {
    if (trigger[field] === undefined || triggers.includes(on)) return [];
    const suggestion = `take it out; it is for ${triggers.join(", ")}`;
    return [warning("trigger", below("/trigger", field), `${field} means nothing for ${on}`, { suggestion })];
  });
}

function screenFindings(flow: RoughFlow): Finding[] {
  return [...flow.nodes].flatMap(([id, node]) => {
    const components = componentsOf(node);
    const path = nodePath(id);
    const found: Finding[] = [];
    if (node.type === "screen" && components.length > 0 && components.every(({ fields }) => fields.visible === false)) {
      found.push(error("invisible-screen", path, `nothing on the screen ${id} is ever visible`));
    }
    if (node.type === "screen" && flow.audience === "agent" && flow.settings.owner === "system") {
      found.push(error("invisible-screen", path, `nobody can see the screen ${id}: the system owns the run`));
    }
    if (isCustomerForm(flow)) {
      for (const outcome of ["cancelled", "expired"].filter((name) => node[name] !== undefined)) {
        const suggestion = `use "${outcome}" of the node that opens the form`;
        const message = `a customer's form is ${outcome} as a whole`;
        found.push(error("not-for-audience", below(path, outcome), message, { suggestion }));
      }
    }
    return [...found, ...components.flatMap((component) => componentFindings(flow, node.type, component, path))];
  });
}

function componentFindings(
  flow: RoughFlow,
  type: unknown,
  { fields, inRepeat, path: at }: RoughComponent,
  node: string,
): Finding[] {
  const { kind } = fields;
  const path = node + at;
  const found: Finding[] = [];
  if (type === "ask" && NOT_ASKED.has(kind)) {
    const suggestion = "open a form with cowork.form";
    found.push(error("not-for-kind", below(path, "kind"), `${kind} cannot be asked as a message`, { suggestion }));
  }
  if (flow.audience === "agent" && NOT_ASKED.has(kind)) {
    found.push(error("not-for-audience", below(path, "kind"), `only a customer can give a ${kind}`));
  }
  if (kind === "choice" && (fields.options === undefined) === (fields.optionsFrom === undefined)) {
    found.push(error("choice-options", path, 'a choice needs either "options" or "optionsFrom"'));
  }
  if ((kind === "secret" || kind === "payment") && fields.privacy !== undefined && fields.privacy !== "secret") {
    found.push(error("privacy", below(path, "privacy"), `a ${kind} is always secret`));
  }
  if (kind === "payment" && inRepeat) {
    const message = "what is paid stands by itself, not in a repeated part";
    found.push(error("not-for-kind", below(path, "kind"), message));
  }
  if (kind === "payment" && (fields.default !== undefined || fields.edit === "both")) {
    found.push(error("privacy", path, "a payment is made by the customer alone, never set beforehand"));
  }
  if (kind === "consent" && !fields.text && !fields.label) {
    const suggestion = 'add "text" with the words, or a label that says them';
    found.push(warning("missing-field", path, "nobody can read what is agreed to", { suggestion }));
  }
  if (kind === "consent" && (fields.default !== undefined || fields.edit === "both")) {
    found.push(error("privacy", path, "consent is given by the customer alone, never ticked beforehand"));
  }
  if (
    fields.check !== undefined &&
    (!isCustomerForm(flow) || type === "ask" || NOT_CHECKED.has(kind) || fields.privacy === "secret")
  ) {
    const suggestion = "call the system from the flow, with http.call";
    const message = "only open and private answers of a customer's form are checked while they are filled in";
    found.push(error("not-for-kind", below(path, "check"), message, { suggestion }));
  }
  if (fields.lookup !== undefined && (!isCustomerForm(flow) || type === "ask" || fields.privacy === "secret")) {
    const suggestion = "take it out: the address is typed";
    const message = "addresses are looked up only for open and private answers of a customer's form";
    found.push(error("not-for-kind", below(path, "lookup"), message, { suggestion }));
  }
  if (fields.required === true && fields.visible === false) {
    found.push(warning("invisible-screen", path, "it is required and never visible"));
  }
  return found;
}
