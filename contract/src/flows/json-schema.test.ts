import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { Compile } from "typebox/schema";
import { expect, test } from "vitest";
import { flowJsonSchema } from "./json-schema.ts";
import { NODE_TYPES } from "./words.ts";

const PUBLISHED = new URL("../../../docs/flow.schema.json", import.meta.url);
const EXAMPLES = new URL("../../../examples/flows/", import.meta.url);
const written = `${JSON.stringify(flowJsonSchema(), null, 2)}\n`;

// After a change of the format: UPDATE_SCHEMA=1 with this file.
if (process.env.UPDATE_SCHEMA) writeFileSync(PUBLISHED, written);

const validator = Compile(JSON.parse(written));

test("[FF1] the published JSON Schema is that of the format", () => {
  expect(readFileSync(PUBLISHED, "utf8")).toBe(written);
});

test("[FF1] the published schema accepts every example and refuses what is no flow", () => {
  const examples = readdirSync(EXAMPLES).filter((name) => name.endsWith(".flow.json"));
  expect(examples.length).toBeGreaterThanOrEqual(5);
  for (const name of examples) {
    const flow = JSON.parse(readFileSync(new URL(name, EXAMPLES), "utf8"));
    expect(validator.Check(flow), name).toBe(true);
    expect(validator.Check({ ...flow, surprise: 1 }), name).toBe(false);
    expect(validator.Check({ ...flow, nodes: { ...flow.nodes, other: { type: "nothing" } } }), name).toBe(false);
  }
});

test("[FF1] every element is described once", () => {
  const { $defs } = flowJsonSchema() as { $defs: Record<string, { description?: string }> };
  for (const type of NODE_TYPES) expect($defs[`node.${type}`]?.description, type).toMatch(/\w/);
});
