import type { Command } from "@clew/domain/commands";
import { fieldsNamed, questionOf } from "@clew/domain/flows/cowork/form";
import { suggest } from "@clew/domain/flows/cowork/rules";
import type { OperationOf } from "@clew/domain/flows/engine/operation";
import { faultOf } from "../flows/doers/conversation.ts";
import type { Done, Wanted } from "../flows/operations.ts";
import { Refused } from "../problems/refused.ts";
import type { Definitions } from "./definitions.ts";
import type { DraftsDoor } from "./drafts-door.ts";
import { entryOf, type FormParts, shownIn } from "./parts.ts";
import type { Rooms } from "./rooms.ts";

type Parts = Pick<FormParts, "execute" | "stateOf"> & { definitions: Definitions; door: DraftsDoor; rooms: Rooms };
const CLOSED: Done = { outcome: "closed" };

/** What flows do to a form that is open; on one that is not, the outcome is `closed`. */
export function formActor({ execute, stateOf, definitions, door, rooms }: Parts) {
  return async ({ formId, action }: OperationOf<"form.act">, { id, row, now }: Wanted): Promise<Done> => {
    const form = await door.read(formId);
    const definition = form && definitions.of(form.head.flow);
    const state = form && (await stateOf(form.head.conversationId));
    if (!form || !definition || !state) return { fault: "notFound", message: "There is no such form" };
    const { conversationId, settings } = form.head;
    const entry = entryOf(state, formId);
    if (!entry || (entry.state !== "open" && action.do !== "sendBack")) return CLOSED;
    const about = { id, conversationId, formId };
    switch (action.do) {
      case "focus":
      case "hint": {
        const [field] = fieldsNamed(definition, action.field);
        if (!field) return { fault: "notFound", message: `The form has no field ${action.field}` };
        rooms.tellCustomers(
          formId,
          action.do === "focus" ? { say: "point", field } : { say: "hint", field, text: action.text },
        );
        return {};
      }
      case "suggest": {
        const [field] = fieldsNamed(definition, action.field);
        const question = field ? questionOf(definition, field) : null;
        if (!field || !question) return { fault: "notFound", message: `The form has no field ${action.field}` };
        const refused = await door.change(formId, (stored) => {
          const outcome = suggest(
            stored.draft,
            { act: "suggest", op: id, field, value: action.value },
            {
              ...{ role: "agent", id: row.id, name: row.title, now, question, leased: false, maySuggest: true },
              shown: shownIn(settings, now),
            },
          );
          return "draft" in outcome ? { draft: outcome.draft, result: false } : { draft: stored.draft, result: true };
        });
        return refused ? { fault: "forbidden", message: "This is the customer's own answer" } : {};
      }
      case "sendBack": {
        const fields = action.fields.flatMap((name) => fieldsNamed(definition, name));
        return give({ type: "form.send-back", ...about, text: action.text, fields });
      }
      case "extend":
        return give({ type: "form.extend", ...about, by: action.by });
      case "cancel":
        return give({ type: "form.cancel", ...about, ...(action.text === null ? {} : { text: action.text }) });
    }
  };

  async function give(command: Command): Promise<Done> {
    try {
      await execute(command, { who: "system" });
      return {};
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      return error.problem.code === "form-closed" ? CLOSED : faultOf(error);
    }
  }
}
