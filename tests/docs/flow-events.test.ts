import { readFileSync } from "node:fs";
import { join } from "node:path";
import { PLATFORM_EVENTS, TRIGGER_INPUTS } from "@clew/contract/flows/words";
import { expect, test } from "vitest";

const FLOWS = readFileSync(join(import.meta.dirname, "../../docs/flows.md"), "utf8");

test("[BB9] the page about flows names everything that the platform says, and what each trigger offers", () => {
  const rows = FLOWS.split("\n").filter((line) => line.startsWith("| `"));
  const named = (word: string) => rows.filter((row) => (row.split("|")[1] ?? "").includes(`\`${word}\``));
  for (const event of PLATFORM_EVENTS) expect(named(event).length, event).toBeGreaterThan(0);
  for (const [trigger, inputs] of Object.entries(TRIGGER_INPUTS)) {
    const [row = ""] = named(trigger);
    const shared = trigger === "message.received" ? (named("session.started")[0] ?? "") : "";
    for (const input of Object.keys(inputs ?? {}))
      expect(row + shared, `${trigger} ${input}`).toContain(`\`${input}\``);
  }
});
