import { answerText } from "@clew/domain/flows/screens/answer-text";
import type { PageField } from "@clew/domain/flows/screens/page";
import { useForm } from "./form-context.ts";

/** What others have to do with an answer: what they suggest, and where it came from. */
export function SaidByOthers(props: { id: string; field: PageField }) {
  return (
    <>
      <Suggested {...props} />
      <Origin id={props.id} />
    </>
  );
}

/** What somebody else would write here, until it is answered. */
function Suggested({ id, field }: { id: string; field: PageField }) {
  const { state, say, form, full, shown } = useForm();
  const found = state.suggestions.find((each) => each.field === full(id));
  if (!found || field.question.kind === "repeat") return null;
  const away = state.connection === "offline";
  const text = answerText(field.question, found.value as never, shown, field.options) || String(found.value);
  return (
    <p class="ff-ghost">
      <span>
        {say("suggests", found.by.name)} <b dir="auto">{text}</b>
      </span>
      <span class="ff-pair">
        <button type="button" class="secondary" disabled={away} onClick={() => form.answerSuggestion(full(id), true)}>
          {say("accept")}
          <span class="hidden"> {text}</span>
        </button>
        <button type="button" class="ff-link" disabled={away} onClick={() => form.answerSuggestion(full(id), false)}>
          {say("dismiss")}
          <span class="hidden"> {text}</span>
        </button>
      </span>
    </p>
  );
}

/** How a value came to be, where it was not typed by the reader. */
function Origin({ id }: { id: string }) {
  const { viewOf, say, agent, shown } = useForm();
  const view = viewOf(id);
  if (!view || view.value === null || view.value === undefined) return null;
  if (view.by === "agent") return <p class="ff-origin">{say("filledBy", agent)}</p>;
  if (view.by !== "flow" || view.source === "typed") return null;
  const day = new Date(view.at).toLocaleDateString(shown.locale, { dateStyle: "medium" });
  return <p class="ff-origin">{view.source === "carried" ? say("carried", day) : say("filledFor")}</p>;
}
