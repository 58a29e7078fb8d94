import { answerText } from "@clew/domain/flows/screens/answer-text";
import { fieldsOf } from "@clew/domain/flows/screens/components";
import { labelOfField } from "@clew/domain/flows/screens/field-label";
import { checkPage } from "@clew/domain/flows/screens/page";
import type { Shown } from "@clew/domain/flows/screens/present";
import { privacyOf } from "@clew/domain/flows/screens/privacy";
import { useState } from "preact/hooks";
import type { LiveFormState } from "./live-form.ts";
import type { FormWord } from "./words.ts";

type Row = { field: string; label: string; text: string };
type Props = { state: LiveFormState; shown: Shown; say(word: FormWord): string };

/** What was typed into a form that is over before it was sent: to be read, and taken along. */
export function LeftUnsent({ state, shown, say }: Props) {
  const [copied, setCopied] = useState(false);
  const rows = typed(state, shown);
  if (rows.length === 0) return null;
  const { clipboard } = navigator;
  return (
    <section class="ff-left">
      <h3>{say("notTaken")}</h3>
      <dl>
        {rows.map(({ field, label, text }) => (
          <div key={field}>
            <dt>{label}</dt>
            <dd>
              <bdi>{text}</bdi>
            </dd>
          </div>
        ))}
      </dl>
      {clipboard && (
        <p class="ff-pair">
          <button
            type="button"
            class="secondary"
            onClick={() => {
              const text = rows.map((row) => (row.label ? `${row.label}: ${row.text}` : row.text)).join("\n");
              // Where the browser does not allow it, the words stay there to be marked and copied by hand.
              clipboard.writeText(text).then(
                () => setCopied(true),
                () => {},
              );
            }}
          >
            {say("copy")}
          </button>
          <span role="status">{copied && say("copied")}</span>
        </p>
      )}
    </section>
  );
}

/** Answers of the customer's own, those of earlier pages first; without the questions of those, which have gone. */
function typed({ page, fields }: LiveFormState, shown: Shown): Row[] {
  const own = Object.values(fields).filter(
    ({ by, value }) => by === "customer" && value !== null && value !== undefined,
  );
  const before = own.flatMap(({ field, value }): Row[] =>
    field.startsWith(`${page?.node}.`) || typeof value === "object" ? [] : [{ field, label: "", text: String(value) }],
  );
  if (!page) return before;
  const at = (field: string) => field.slice(page.node.length + 1);
  const given = Object.fromEntries(own.map(({ field, value }) => [at(field), value]));
  const { fields: asked } = checkPage(page.components, given, { scope: page.scope as never, shown, held: given });
  const open = new Set(fieldsOf(page.components).map(({ id }) => id));
  const here = [...asked].flatMap(([id, one]): Row[] => {
    const { question, value, options } = one;
    const known = open.has(id) ? given[id] : value;
    if (
      question.kind === "repeat" ||
      question.kind === "consent" ||
      privacyOf(question) === "secret" ||
      known === undefined ||
      known === null
    )
      return [];
    // What does not fit is shown as it was typed.
    const text = value === null ? String(known) : answerText(question, value, shown, options);
    return text ? [{ field: id, label: labelOfField(id, one, shown), text }] : [];
  });
  return [...before, ...here];
}
