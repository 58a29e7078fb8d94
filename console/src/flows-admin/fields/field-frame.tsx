import type { Finding } from "@clew/contract/flows/lint";
import type { JsonSchema } from "@clew/domain/flows/format/schema";
import { type ComponentType, createContext, useContext } from "react";
import { fieldId, useFlowEditing } from "../editor/editing.tsx";
import { type At, pointerOf } from "../model/json-at.ts";

export type FieldProps<Value = unknown> = { at: At; label: string; value: Value; required: boolean };

/** Id, error and change of the field at a place. */
export function useField(at: At) {
  const { findings, write, readOnly } = useFlowEditing();
  const pointer = pointerOf(at);
  const found = findings.filter(({ path }) => path === pointer);
  const error: Finding | undefined = found.find(({ severity }) => severity === "error") ?? found[0];
  return {
    id: fieldId(pointer),
    error: error ? sentenceOf(error) : undefined,
    set: (value: unknown) => write(at, value),
    readOnly,
  };
}

function sentenceOf({ message, suggestion }: Finding): string {
  return suggestion === undefined ? message : `${message} – ${suggestion}`;
}

type SchemaFieldType = ComponentType<FieldProps & { schema: JsonSchema }>;

/** Lists and objects hold fields of any kind, which may be lists and objects again. */
const SchemaFieldContext = createContext<SchemaFieldType | null>(null);
export const SchemaFieldProvider = SchemaFieldContext.Provider;

export function useSchemaField(): SchemaFieldType {
  const field = useContext(SchemaFieldContext);
  if (!field) throw new Error("useSchemaField() is called outside SchemaFieldProvider");
  return field;
}
