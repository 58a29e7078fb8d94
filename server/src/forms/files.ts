import type { Attachment } from "@clew/contract/attachments";
import type { FormDraft } from "@clew/domain/flows/cowork/draft";
import { type Form, questionOf } from "@clew/domain/flows/cowork/form";
import type { Value } from "@clew/domain/flows/expressions/expression";
import { isMap } from "@clew/domain/flows/expressions/value";
import { fieldsOf, type Question } from "@clew/domain/flows/screens/components";

type Filled = { draft: FormDraft; values: Readonly<Record<string, unknown>> };
type OnFile = (file: Value) => Value;

/** The ids of all files that answers name, whether there are such files or not. */
export function filesNamed(form: Form, filled: Filled): string[] {
  const ids = new Set<string>();
  each(form, filled, (file) => {
    if (isMap(file) && typeof file.id === "string") ids.add(file.id);
    return file;
  });
  return [...ids];
}

/** The answers with each file as the store knows it, whatever a browser said of it; one that is not there fits no field. */
export function withStored(form: Form, filled: Filled, stored: readonly Attachment[]): Filled {
  const known = new Map(stored.map(({ id, name, size, type }) => [id, { id, name, size, type }]));
  return each(form, filled, (file) => (isMap(file) && known.get(String(file.id))) || { id: "" });
}

function each(form: Form, { draft, values }: Filled, act: OnFile): Filled {
  const inField = (field: string, value: unknown) => {
    const question = questionOf(form, field);
    return question ? inAnswer(question, (value ?? null) as Value, act) : (value as Value);
  };
  const fields = [...draft.fields].map(
    ([name, field]) => [name, { ...field, value: inField(name, field.value) }] as const,
  );
  return {
    draft: { ...draft, fields: new Map(fields) },
    values: Object.fromEntries(Object.entries(values).map(([field, value]) => [field, inField(field, value)])),
  };
}

function inAnswer(question: Question, value: Value, act: OnFile): Value {
  if (value === null) return null;
  if (question.kind === "file") return Array.isArray(value) ? value.map(act) : act(value);
  if (question.kind !== "repeat" || !Array.isArray(value)) return value;
  const inner = fieldsOf(question.components);
  return value.map((item) =>
    isMap(item)
      ? Object.fromEntries(
          Object.entries(item).map(([name, one]) => {
            const asked = inner.find(({ id }) => id === name);
            return [name, asked ? inAnswer(asked, one, act) : one];
          }),
        )
      : item,
  );
}
