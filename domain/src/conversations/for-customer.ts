import type { ConversationSnapshot } from "@clew/contract/conversations";
import type { ConversationEvent } from "@clew/contract/events";
import type { Fact } from "@clew/contract/facts";
import type { FormEntry } from "@clew/contract/flows/entries";
import type { FullSnapshot } from "./state.ts";

/** What the customer may see of an event: staff events become `hidden`, staff fields go, fact values are masked. */
export function eventForCustomer(event: ConversationEvent): ConversationEvent {
  if (event.audience === "staff") {
    const { conversationId, number, at } = event;
    return { type: "hidden", conversationId, number, at, by: { who: "system" }, audience: "all" };
  }
  switch (event.type) {
    case "facts.recorded":
      return { ...event, facts: event.facts.map(maskFact) };
    case "conversation.started": {
      const { customer: _customer, page: _page, ...rest } = event;
      return rest;
    }
    case "customer.verified": {
      const { customer: _customer, ...rest } = event;
      return rest;
    }
    case "survey.answered": {
      const { staff: _staff, answers: _answers, ...rest } = event;
      return rest;
    }
    case "session.transferred": {
      const { staff: _staff, note: _note, ...rest } = event;
      return rest;
    }
    case "form.changed": {
      const { staff: _staff, ...rest } = event as typeof event & { staff?: unknown };
      return { ...rest, form: formForCustomer(event.form) };
    }
    default: {
      if (!("staff" in event)) return event;
      const { staff: _staff, ...rest } = event;
      return rest as ConversationEvent;
    }
  }
}

/** A snapshot without what only staff see. */
export function snapshotForCustomer(snapshot: FullSnapshot): ConversationSnapshot {
  const { staff: _staff, customer: _customer, page: _page, runs: _runs, facts, forms, ...rest } = snapshot;
  return { ...rest, facts: facts.map(maskFact), ...(forms ? { forms: forms.map(formForCustomer) } : {}) };
}

/** From where a consent was given is kept for staff. */
function formForCustomer<One extends Pick<FormEntry, "receipt">>(form: One): One {
  const { receipt } = form;
  if (!receipt?.answers.some(({ consent }) => consent?.ip || consent?.userAgent)) return form;
  const answers = receipt.answers.map(({ consent, ...answer }) => {
    if (!consent) return answer;
    const { ip: _ip, userAgent: _userAgent, ...words } = consent;
    return { ...answer, consent: words };
  });
  return { ...form, receipt: { ...receipt, answers } };
}

function maskFact(fact: Fact): Fact {
  const { label: _label, ...rest } = fact;
  return { ...rest, value: null, by: { who: fact.by.who } };
}
