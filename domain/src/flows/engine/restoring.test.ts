import { describe, expect, it } from "vitest";
import { flowOf } from "./testing/flow-of.ts";
import { play } from "./testing/play.ts";

function restored(confirm?: string, prechat: Record<string, string> = {}, sessionId: string | null = "s1") {
  const restore = { type: "prechat.restore", ...(confirm ? { confirm } : {}), next: "end" };
  return play({
    flow: flowOf({ restore, end: { type: "end" } }, { inputs: { prechat: { type: "map", default: {} } } }),
    inputs: { prechat },
    sessionId,
    doers: {
      "prechat.restore": () => ({ value: { order: "4711", name: "Ana" } }),
      "prechat.mark": () => ({}),
    },
  });
}
const marked = (story: ReturnType<typeof restored>) =>
  story.done.flatMap((operation) => (operation.do === "prechat.mark" ? [operation.facts] : []));

describe("what was told before and is taken over", () => {
  it("[FN1] is marked for the agent, also without a word about it: what was taken, not what was told anew", () => {
    for (const confirm of [undefined, "agentBadge"]) {
      const story = restored(confirm, { order: "4712" });
      expect(marked(story)).toEqual([{ name: "Ana" }]);
      expect(story.run.status).toBe("completed");
      expect(story.run.frames[0]?.values.prechat).toEqual({ order: "4712", name: "Ana" });
    }
  });

  it("[FN1] is not marked where all was told anew, and where there is no session to serve", () => {
    expect(marked(restored("agentBadge", { order: "4712", name: "Ines" }))).toEqual([]);
    expect(marked(restored("agentBadge", {}, null))).toEqual([]);
  });

  it("[FN3] counts as good with `none`: it is marked as carried, and nobody is asked to confirm it", () => {
    const story = restored("none");
    expect(marked(story)).toEqual([]);
    expect(story.run.frames[0]?.values.prechat).toEqual({ order: "4711", name: "Ana" });
    expect(story.run.frames[0]?.provenance).toMatchObject({ "prechat.order": "carried", "prechat.name": "carried" });
  });
});
