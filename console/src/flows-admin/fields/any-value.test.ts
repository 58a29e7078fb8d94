import { Flow } from "@clew/contract/flows/definition";
import { NODE_TYPES } from "@clew/contract/flows/words";
import { schemaFor } from "@clew/domain/flows/format/schema";
import { expect, test } from "vitest";
import { newNode } from "../model/new-node.ts";
import { exampleFlow } from "../testing/example-flow.ts";
import { readBack, writtenOf } from "./any-value.ts";
import {
  choicesOf,
  fieldKind,
  flowSchema,
  type JsonSchema,
  leastValue,
  nodeSchema,
  variantFor,
} from "./schema-kinds.ts";

const agentFlow = exampleFlow("loan.useOfFunds.agent");

test("[FL4] a value of any kind stands in one line and comes back as it was", () => {
  for (const value of [
    "",
    "plain",
    "=a + 1",
    "5",
    "true",
    '"quoted"',
    " [1",
    5,
    0,
    true,
    null,
    [1, "a"],
    { a: "=b" },
  ]) {
    expect(readBack(writtenOf(value))).toEqual(value);
  }
});

test("[FL4] every field of every kind of step has a way to be edited, and every new step has the fields it must have", () => {
  const unknown: string[] = [];
  for (const type of NODE_TYPES) {
    const schema = nodeSchema(type);
    for (const [name, field] of Object.entries(schema.properties ?? {})) {
      const value = leastValue(field as JsonSchema);
      if (value === undefined) unknown.push(`${type}.${name}`);
    }
    const missing = (schema.required ?? []).filter((name) => !(name in newNode(type, "end")));
    expect([type, missing]).toEqual([type, []]);
  }
  expect(unknown).toEqual([]);
});

test("[FL4] kinds of fields follow the schema: links, choices, words in languages, lists, variants", () => {
  const field = (type: string, name: string) => nodeSchema(type).properties?.[name] as JsonSchema;
  expect(fieldKind(field("decision", "else"))).toBe("link");
  expect(fieldKind(field("message.send", "text"))).toBe("words");
  expect(choicesOf(field("message.send", "as"))).toEqual(["agent", "bot", "system"]);
  expect(fieldKind(field("route", "to"))).toBe("variants");
  expect(fieldKind(field("records.get", "where"))).toBe("list");
  expect(fieldKind(field("http.call", "headers"))).toBe("map");
  expect(fieldKind(field("session.set", "priority"))).toBe("any");
  expect(variantFor(field("route", "to"), { skills: [] })?.name).toBe("skills");
  expect(flowSchema().properties?.nodes).toBeUndefined();
  expect(schemaFor(Flow as JsonSchema, agentFlow)).toBe(Flow);
});
