import { answerText } from "@clew/domain/flows/screens/answer-text";
import type { Page } from "@clew/domain/flows/screens/page";
import type { Shown } from "@clew/domain/flows/screens/present";

/** The answers of a page, to be read before they are sent. */
export function Review({ page, shown, labelOf }: { page: Page; shown: Shown; labelOf(id: string): string }) {
  return (
    <dl>
      {[...page.fields].map(([id, field]) => {
        if (field.question.kind === "repeat" || field.value === null) return null;
        const secret = field.question.kind === "secret";
        return (
          <div key={id}>
            <dt>{labelOf(id)}</dt>
            <dd>
              <bdi>{secret ? "••••" : answerText(field.question, field.value, shown, field.options)}</bdi>
            </dd>
          </div>
        );
      })}
    </dl>
  );
}
