import { Draft } from "../../conversations/draft.ts";
import type { ConversationState } from "../../conversations/state.ts";
import { type Circumstances, type Decision, refuse } from "../../decision.ts";
import { comeBack } from "../../reconnect/returned.ts";
import { isOver } from "../../sessions/session.ts";
import { startSession } from "../../sessions/start.ts";
import type { FormCommand } from "./commands.ts";
import { changeForm, findForm } from "./forms.ts";
import { noteIn } from "./runs.ts";

type Submit = Extract<FormCommand, { type: "form.submit" }>;

const cameLate = (title: string) =>
  `The form “${title}” was sent after its time was over. A flow that has gone on without it does nothing with it: the answers are on its receipt.`;

/** The form as the customer sends it, checked by the edge: the receipt is the answer for good. */
export function submitForm(
  state: ConversationState,
  { formId, revision, receipt, late = false }: Submit,
  circumstances: Circumstances,
): Decision {
  const form = findForm(state, formId);
  if (!form || !receipt) return refuse("not-found", { field: "/formId" });
  const takes = form.state === "open" || (late && form.state === "expired");
  if (!takes || form.revision !== revision) return refuse("form-closed", { reason: form.state });
  const draft = new Draft(state, circumstances, state.snapshot.id);
  if (circumstances.actor.who === "customer") {
    // As with a message: who sends is there, and begins the next session where policy allows it.
    if (isOver(state)) startSession(draft, [], "customer-wrote");
    comeBack(draft, "message");
  }
  changeForm(
    draft,
    form,
    "submitted",
    { state: "submitted", remark: null, receipt: { ...receipt, revision } },
    { marks: {} },
  );
  // Its flow heard that the time was over and took its way for that: who serves is told, so that the answers lie nowhere unread.
  if (late) noteIn(draft, cameLate(form.title), { what: "late-answers", title: form.title });
  return draft.done();
}
