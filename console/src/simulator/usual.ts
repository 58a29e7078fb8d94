import type { Flow } from "@clew/contract/flows/definition";
import type { Values } from "@clew/domain/flows/engine/run";
import type { Value } from "@clew/domain/flows/expressions/expression";
import { CONVERSATION, type Records, SESSION } from "./state.ts";

const CONTACT: Values = { id: "contact-1", name: "Ines Brandt", firstName: "Ines", email: "ines@example.com" };

/** Records that most flows find something in. */
export const USUAL_RECORDS: Records = {
  Case: [
    {
      id: "case-1",
      version: 1,
      number: 1,
      status: "open",
      title: "A case",
      conversationId: CONVERSATION,
      contact: CONTACT as Value,
    },
  ],
  Contact: [CONTACT],
  Session: [
    { id: SESSION, conversationId: CONVERSATION, number: 2, createdAt: "2026-01-05T09:00:00Z", prechat: {} },
    {
      id: "earlier-session",
      conversationId: CONVERSATION,
      number: 1,
      createdAt: "2026-01-04T09:00:00Z",
      prechat: { name: "Ines Brandt", topic: "return" },
    },
  ],
};

/** Something for each input of the flow, of its type. */
export function usualInputs({ inputs = {} }: Flow, records: Records): Values {
  return Object.fromEntries(
    Object.entries(inputs).map(([name, { type, default: usual }]) => [
      name,
      (usual as Value | undefined) ?? valueFor(type, records),
    ]),
  );
}

function valueFor(type: string, records: Records): Value {
  const [, object = ""] = /^(?:id|record):(\w+)/.exec(type) ?? [];
  const [row = null] = records[object] ?? [];
  if (type.startsWith("record:")) return row;
  if (type.startsWith("id:")) return row?.id ?? `${object.toLowerCase()}-1`;
  if (type.startsWith("text")) return "Ines";
  if (type.startsWith("number")) return 1;
  if (type.startsWith("boolean")) return true;
  if (type.startsWith("map")) return {};
  return type.startsWith("list") ? [] : null;
}
