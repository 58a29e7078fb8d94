import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Flow } from "@clew/contract/flows/definition";

const EXAMPLES = join(import.meta.dirname, "../../../../examples/flows");

/** An example flow as its file has it. */
export function exampleFlow(key: string): Flow {
  return JSON.parse(readFileSync(join(EXAMPLES, `${key}.flow.json`), "utf8")) as Flow;
}
