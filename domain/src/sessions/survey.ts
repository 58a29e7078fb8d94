import type { ClientCommandOf } from "@clew/contract/commands";
import type { Answer, FormField, SurveyAnswer, SurveyForm } from "@clew/contract/forms";
import { RATING_MAX } from "@clew/contract/limits";
import type { EndedBy, EndedWhy, Session } from "@clew/contract/sessions";
import { Draft } from "../conversations/draft.ts";
import type { ConversationState } from "../conversations/state.ts";
import { type Circumstances, type Decision, refuse } from "../decision.ts";
import { checkAnswers } from "../forms/answers.ts";
import { textIn } from "../languages/fall-back.ts";
import { changeSession, openSession } from "./session.ts";

/** Ends after which one may ask how it was. Whoever said stop, wiped the window or was never served is left in peace. */
const ASKED_AFTER: readonly EndedWhy[] = ["ended", "inactivity", "disconnect", "closed-by-admin"];

/** The survey of a session that is ending: open where the channel asks one and an agent had the session. */
export function surveyAfter(draft: Draft, { by, why }: { by: EndedBy; why: EndedWhy }): Pick<Session, "survey"> {
  const { session } = openSession(draft.state);
  const survey = surveyOf(draft.state, draft.circumstances);
  if (!survey?.on || survey.fields.length === 0 || session.activeAt === null) return {};
  // The system closes for an administrator when it erases: there is nobody left to ask.
  if (!ASKED_AFTER.includes(why) || (by === "system" && why === "closed-by-admin")) return {};
  return { survey: "open" };
}

/**
 * Takes the answers to the survey of the last session, once; null leaves it unanswered for good. A closed conversation
 * takes them too. What was asked may be answered after the channel has stopped asking.
 */
export function answerSurvey(
  state: ConversationState,
  { sessionId, answers }: Pick<ClientCommandOf<"survey.answer">, "sessionId" | "answers">,
  circumstances: Circumstances,
): Decision {
  const { session, language } = state.snapshot;
  const survey = surveyOf(state, circumstances);
  if (!survey || session?.id !== sessionId || session.survey !== "open" || state.erasedBy !== undefined)
    return refuse("form-closed");

  const draft = new Draft(state, circumstances, state.snapshot.id);
  if (answers === null) {
    changeSession(draft, "survey.answered", { session: { survey: "skipped" } }, {});
    return draft.done();
  }
  const checked = checkAnswers(survey, answers, { language });
  if (!checked.ok) return refuse("answers-invalid", { fields: checked.fields });
  const told = survey.fields.flatMap((field) => toldOf(field, checked.answers));
  changeSession(draft, "survey.answered", { session: { survey: "answered" } }, { answers: told });
  return draft.done();
}

function surveyOf({ snapshot }: ConversationState, { configuration }: Circumstances): SurveyForm | undefined {
  return configuration.channels.get(snapshot.channelId)?.settings.survey;
}

/** The words of that time: questions and choices may be called something else tomorrow. */
function toldOf({ key, type, label, choices }: FormField, answers: readonly Answer[]): SurveyAnswer[] {
  const answer = answers.find((given) => given.key === key);
  if (!answer || answer.value === null) return [];
  const choice = choices?.find(({ value }) => value === answer.value);
  const chosen = type === "rating" ? `${answer.value}/${RATING_MAX}` : choice && textIn(choice.label, "en");
  return [{ key, question: textIn(label, "en") || key, value: answer.value, ...(chosen ? { label: chosen } : {}) }];
}
