import { type Static, Type } from "typebox";
import { closed } from "../closed.ts";
import { Component } from "./components.ts";
import { Handed, Next, node } from "./nodes-common.ts";
import { OtherConversation } from "./nodes-conversation.ts";
import { FlowDuration, FlowKey, Name, named, text, VariablePath, value } from "./spellings.ts";
import { NAME_PATTERN } from "./words.ts";

const Button = Type.Union([text(60), Type.Boolean()]);

/**
 * One page. Its answers are known as `<node>.<component>`. Buttons: a text renames, `false` removes, `true` shows the
 * usual one. `review`: a summary before sending. `remember`: filled with answers given earlier in the conversation.
 */
export const ScreenNode = node(
  "screen",
  {
    title: Type.Optional(text(300)),
    components: Type.Array(Component, { minItems: 1, maxItems: 60 }),
    buttons: Type.Optional(
      Type.Object(
        {
          next: Type.Optional(Button),
          back: Type.Optional(Button),
          save: Type.Optional(Button),
          cancel: Type.Optional(Button),
        },
        { additionalProperties: false },
      ),
    ),
    review: Type.Optional(Type.Boolean()),
    remember: Type.Optional(Type.Boolean()),
    next: Next,
    cancelled: Next,
    expired: Next,
  },
  "Shows a page with questions.",
);
export type ScreenNode = Static<typeof ScreenNode>;

const opening = {
  flow: FlowKey,
  conversation: OtherConversation,
  in: Type.Optional(Handed),
  prefill: Type.Optional(named(NAME_PATTERN, value("private"))),
  /** What the agent sees of the typing. */
  live: Type.Optional(closed(["values", "status", "none"])),
  /** The agent may suggest values. */
  suggest: Type.Optional(Type.Boolean()),
  /** Customers must look at what was filled in for them before they send. */
  confirmPrefill: Type.Optional(Type.Boolean()),
  submitBy: Type.Optional(closed(["customer", "agent"])),
  announce: Type.Optional(text(2000)),
  expires: Type.Optional(FlowDuration),
  remindAfter: Type.Optional(FlowDuration),
  /** How long drafts are kept after expiry, and whether a submit that late is taken. */
  grace: Type.Optional(FlowDuration),
  acceptLate: Type.Optional(closed(["untilCaseClosed", "never"])),
  ifOpen: Type.Optional(closed(["reuse", "supersede", "parallel", "fail"])),
  /** Where forms cannot be shown: the same questions one by one, or the fault `forbidden`. */
  fallback: Type.Optional(closed(["ask", "none"])),
};

const outcome = {
  into: Type.Optional(VariablePath),
  receiptInto: Type.Optional(VariablePath),
  next: Next,
  cancelled: Next,
  expired: Next,
  superseded: Next,
  corrected: Next,
};

/**
 * `corrected`: where the flow turns to when the agent has sent the form back and it comes corrected, though the flow has gone on
 * meanwhile. Without it the corrected answers take the place of the earlier ones, and the flow goes on where it is.
 */
export const CoworkFormNode = node(
  "cowork.form",
  { ...opening, ...outcome },
  "Opens a form and waits for its answers.",
);
export type CoworkFormNode = Static<typeof CoworkFormNode>;

/** `handle` names a variable of type map. */
export const CoworkOpenNode = node(
  "cowork.open",
  { ...opening, handle: VariablePath, next: Next },
  "Opens a form; the script goes on.",
);
export type CoworkOpenNode = Static<typeof CoworkOpenNode>;

/** With one handle `into` takes the answers; with several a list, in the order of the handles, null where none came. */
export const CoworkAwaitNode = node(
  "cowork.await",
  {
    handles: Type.Union([VariablePath, Type.Array(VariablePath, { minItems: 1, maxItems: 10 })]),
    await: Type.Optional(closed(["all", "any"])),
    ...outcome,
  },
  "Waits for forms that are open.",
);
export type CoworkAwaitNode = Static<typeof CoworkAwaitNode>;

const strict = { additionalProperties: false };

export const CoworkAction = Type.Union([
  Type.Object({ do: Type.Literal("focus"), field: Name }, strict),
  Type.Object({ do: Type.Literal("hint"), field: Name, text: text(500) }, strict),
  Type.Object({ do: Type.Literal("suggest"), field: Name, value: value("private") }, strict),
  Type.Object(
    {
      do: Type.Literal("sendBack"),
      text: text(2000),
      fields: Type.Optional(Type.Array(Name, { minItems: 1, maxItems: 60 })),
    },
    strict,
  ),
  Type.Object({ do: Type.Literal("extend"), by: FlowDuration }, strict),
  Type.Object({ do: Type.Literal("cancel"), text: Type.Optional(text(2000)) }, strict),
]);
export type CoworkAction = Static<typeof CoworkAction>;

export const CoworkActNode = node(
  "cowork.act",
  { handle: VariablePath, action: CoworkAction, next: Next, closed: Next },
  "Does something to an open form.",
);
export type CoworkActNode = Static<typeof CoworkActNode>;
