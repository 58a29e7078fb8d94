import type { FieldProps } from "./field-frame.tsx";
import { ListField, MapField, ObjectField, TupleField, VariantsField } from "./parts-fields.tsx";
import { AnyField, BooleanField, ChoiceField, LinkField, NumberField, TextField } from "./plain-fields.tsx";
import { fieldKind, type JsonSchema } from "./schema-kinds.ts";
import { WordsField } from "./words-field.tsx";

const FIELDS = {
  link: LinkField,
  choice: ChoiceField,
  boolean: BooleanField,
  number: NumberField,
  text: TextField,
  words: WordsField,
  any: AnyField,
  list: ListField,
  tuple: TupleField,
  map: MapField,
  object: ObjectField,
  variants: VariantsField,
} as const;

/** Edits one value by its schema, whatever it is made of. */
export function SchemaField(props: FieldProps & { schema: JsonSchema }) {
  const Field = FIELDS[fieldKind(props.schema)];
  return <Field {...props} />;
}
