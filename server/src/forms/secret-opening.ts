import type { OpenedSecret, OpenSecret } from "@clew/contract/flows/form-secrets";
import type { Actor } from "@clew/domain/actor";
import { questionOf } from "@clew/domain/flows/cowork/form";
import { privacyOf } from "@clew/domain/flows/screens/privacy";
import { addAudit } from "../audit/store.ts";
import type { Handler } from "../http/handlers.ts";
import { Refused } from "../problems/refused.ts";
import { actorOf, maySee } from "../stream/access.ts";
import type { Definitions } from "./definitions.ts";
import type { DraftsDoor } from "./drafts-door.ts";
import { ownForm } from "./own-form.ts";
import { entryOf, type FormParts } from "./parts.ts";
import type { SubmissionsStore } from "./submissions-store.ts";

type Parts = Pick<FormParts, "database" | "clock" | "ids" | "configuration" | "stateOf"> & {
  submissions: SubmissionsStore;
  definitions: Definitions;
  door: DraftsDoor;
  /** Keeps that somebody reached for a form of another conversation. */
  trespass(actor: Actor, formId: string): Promise<void>;
};

/**
 * A supervisor reads what a customer gave in confidence, while it is kept. Nobody reads it unless the audit says so: both
 * are one transaction. It stays for the call that it was given for.
 */
export function secretOpening({ database, clock, ids, configuration, stateOf, ...parts }: Parts): Handler {
  const { submissions, definitions, door, trespass } = parts;
  return async ({ caller, params, body }): Promise<OpenedSecret> => {
    const { id: conversationId, formId } = params as { id: string; formId: string };
    const { field, reason } = body as OpenSecret;
    const actor = actorOf(caller);
    const [found, state] = await Promise.all([door.read(formId), stateOf(conversationId)]);
    if (!state || !maySee(caller, state, configuration())) throw new Refused("not-found");
    const form = await ownForm(found, conversationId, () => trespass(actor, formId));
    const definition = definitions.of(form.head.flow);
    const question = definition && questionOf(definition, field);
    // The token of a payment is sealed as well, but it is for the provider and tells people nothing.
    if (!question || question.kind === "payment" || privacyOf(question) !== "secret")
      throw new Refused("invalid", { field: "/field", detail: "This field holds no secret that people may open." });

    const now = clock.now();
    const id = ids.next();
    const agentId = actor.who === "agent" ? actor.id : null;
    // Of which form and field, and why; never the answer.
    const change = { name: entryOf(state, formId)?.title, field, reason: reason.trim(), conversationId };
    const kept = await database.rawTransaction(async (raw) => {
      const secret = await submissions.secret(raw, { formId, field, now });
      if (secret)
        await addAudit(raw, { id, at: now, agentId, action: "open-secret", noun: "form", nounId: formId, change });
      return secret;
    });
    if (!kept) throw new Refused("not-found", { detail: "It is no longer kept: it was used, or a day has passed." });
    const { value, wipeAt } = kept;
    return { value: typeof value === "string" ? value : JSON.stringify(value), keptUntil: wipeAt };
  };
}
