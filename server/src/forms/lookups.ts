import type { FormAct, FoundAddress } from "@clew/contract/flows/form-live";
import { questionOf } from "@clew/domain/flows/cowork/form";
import type { Value } from "@clew/domain/flows/expressions/expression";
import { ADDRESS_PARTS } from "@clew/domain/flows/screens/normalise-maps";
import { privacyOf } from "@clew/domain/flows/screens/privacy";
import { Refused } from "../problems/refused.ts";
import type { Log } from "../stream/parts.ts";
import { askOtherSystem, mapOf, type OtherSystems } from "./ask-other-system.ts";
import type { Member, Room } from "./rooms.ts";

type Parts = OtherSystems & { log: Log };
type Lookup = Extract<FormAct, { act: "lookup" }>;

/** So long an answer of the other system may be, in bytes. */
const MAX_BYTES = 32_768;
/** The most addresses that are offered; the most characters of a part of one. */
const MOST_FOUND = 8;
const LONGEST_PART = 200;

/**
 * Addresses that another system knows, as the author of a form wants it: `POST <connector>/lookup` with the form, the field,
 * what was typed, the countries and the language is answered by `{"items": [{"line1": …, "city": …}]}`, an item with the
 * parts of an address and, where it should read otherwise, a `label`. Only the customer asks. Of what is typed while one
 * question is under way the newest is asked next; where nobody answers nothing is found, and the address is typed.
 */
export function addressLookups({ log, ...others }: Parts) {
  /** By member, what is asked next. */
  const running = new WeakMap<Member, { next: Lookup | null }>();

  async function find({ form, definition }: Room, { field, text }: Lookup): Promise<FoundAddress[]> {
    const { head } = form;
    const question = questionOf(definition, field);
    if (question?.kind !== "address" || question.lookup === undefined || privacyOf(question) === "secret")
      throw new Refused("forbidden");
    const { id, lookup: connector, countries = [] } = question;
    const about = { field: id, text, countries };
    const answer = await askOtherSystem(others, form, { connector, path: "/lookup", about, maxBytes: MAX_BYTES });
    if (!Array.isArray(answer.items)) {
      log.warn({ form: head.id, field, connector }, "an address could not be looked up");
      return [];
    }
    return answer.items.flatMap((item: Value) => foundIn(item, countries) ?? []).slice(0, MOST_FOUND);
  }

  return {
    async ask(room: Room, member: Member, act: Lookup): Promise<void> {
      if (member.role !== "customer") throw new Refused("forbidden");
      const under = running.get(member);
      if (under) {
        under.next = act;
        return;
      }
      const own: { next: Lookup | null } = { next: act };
      running.set(member, own);
      const { conversationId, id } = room.form.head;
      try {
        while (own.next) {
          const { op } = own.next;
          const asked = own.next;
          own.next = null;
          member.listener.say(conversationId, id, { say: "found", op, items: await find(room, asked) });
        }
      } finally {
        running.delete(member);
      }
    },
  };
}
export type Lookups = ReturnType<typeof addressLookups>;

/** The parts that an address has; null where it says too little, or is of a country that is not asked for. */
function foundIn(item: Value, countries: readonly string[]): FoundAddress | null {
  const given = mapOf(item);
  const parts = ADDRESS_PARTS.flatMap((part): [string, string][] => {
    const text = given[part];
    return typeof text === "string" && text.trim() ? [[part, text.trim().slice(0, LONGEST_PART)]] : [];
  });
  const value = Object.fromEntries(parts);
  if (!value.line1 || (value.country && countries.length > 0 && !countries.includes(value.country))) return null;
  const said = typeof given.label === "string" ? given.label.trim() : "";
  return { label: (said || parts.map(([, text]) => text).join(", ")).slice(0, 300), value };
}
