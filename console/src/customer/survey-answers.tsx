import type { SurveyAnswer } from "@clew/contract/forms";
import classes from "./customer.module.css";
import { factText } from "./fact-text.ts";

/** What the customer answered after a session, in the words that were asked then. */
export function SurveyAnswers({ answers }: { answers: readonly SurveyAnswer[] }) {
  if (answers.length === 0) return null;
  return (
    <dl className={classes.survey}>
      {answers.map((answer) => (
        <div key={answer.key}>
          <dt>{answer.question}</dt>
          <dd dir="auto">{answerText(answer)}</dd>
        </div>
      ))}
    </dl>
  );
}

export const answerText = ({ value, label }: SurveyAnswer): string => label ?? factText(value);
