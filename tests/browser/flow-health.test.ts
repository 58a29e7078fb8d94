import type { Flow } from "@clew/contract/flows/definition";
import { flowAdmin } from "@clew/server/testing/flows";
import { newId } from "@clew/server/testing/test-app";
import { expect, test } from "vitest";
import { findings } from "./findings.ts";
import { openStage } from "./stage.ts";

/** Waits for a parcel that nobody brings; a lost one is a fault. */
const PARCEL = {
  $schema: "flow/1",
  key: "agent.parcel",
  kind: "background",
  title: "Follow a parcel",
  trigger: { on: "agent.button", where: ["session"], label: "Follow the parcel" },
  inputs: { lost: { type: "boolean", default: false } },
  start: "which",
  nodes: {
    which: { type: "decision", branches: [{ when: "=lost", next: "search" }], else: "onItsWay" },
    search: { type: "records.update", object: "Case", id: "='nobody'", values: { status: "closed" }, next: "end" },
    onItsWay: {
      type: "wait",
      any: [
        { event: "parcel.here", key: "none", next: "end" },
        { after: "P9D", next: "end" },
      ],
    },
    end: { type: "end" },
  },
} as unknown as Flow;

test("[MT5] above the list of runs it says where they stand, what failed, and of a flow without runs that there is nothing", async () => {
  const stage = await openStage();
  const admin = await flowAdmin(stage.url);
  await admin.publish(PARCEL);
  for (const lost of [false, false, false, true])
    await admin.post(`/flows/${PARCEL.key}/runs`, { id: newId(), inputs: { lost } });
  stage.skip(7_200_000);
  const cora = await stage.agent("supervisor", { status: null });
  await cora.open("runs");
  const health = cora.page.getByRole("region", { name: "Health" });
  const line = (text: string) => health.getByRole("listitem").filter({ hasText: text });
  await line("3 waiting").getByText("3 for over 1h, longest 2h").waitFor();
  await line("1 of 1 runs").getByText("search").waitFor();
  await health.getByText("No event ended a wait.").waitFor();
  expect(await findings(cora.page)).toEqual([]);

  await line("3 waiting").getByRole("button", { name: "agent.parcel" }).click();
  const flow = cora.page.getByRole("textbox", { name: "Flow" });
  await expect.poll(() => flow.inputValue()).toBe("agent.parcel");
  await flow.fill("agent.other");
  await health.getByText("Nothing of this flow is at work").waitFor();
});
