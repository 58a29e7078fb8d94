import type { AgentPresence } from "@clew/contract/presence";
import { expect, it } from "vitest";
import type { Result } from "../results.ts";
import { createPresences } from "./presences.ts";

const presence = (agentId: string, status: "offline" | "available") => ({ agentId, status }) as AgentPresence;

function desk() {
  const answers: ((items: AgentPresence[]) => void)[] = [];
  let shown: Readonly<Record<string, AgentPresence>> = {};
  const presences = createPresences(
    () =>
      new Promise<Result<{ items: AgentPresence[] }>>((resolve) =>
        answers.push((items) => resolve({ ok: true, value: { items } })),
      ),
    (all) => {
      shown = all;
    },
  );
  return { presences, answers, statuses: () => Object.values(shown).map((one) => `${one.agentId} ${one.status}`) };
}

it("[CL69] a list of presences that comes late does not undo what the stream told since it was asked for", async () => {
  const { presences, answers, statuses } = desk();
  const read = presences.readAll();
  presences.tell(presence("ana", "available"));
  answers[0]?.([presence("ana", "offline"), presence("bo", "offline")]);
  await read;
  expect(statuses()).toEqual(["bo offline", "ana available"]);
});

it("[CL69] of two lists under way the one asked for last counts; after signing out none does", async () => {
  const { presences, answers, statuses } = desk();
  const first = presences.readAll();
  const second = presences.readAll();
  answers[1]?.([presence("ana", "available")]);
  await second;
  answers[0]?.([presence("ana", "offline")]);
  await first;
  expect(statuses()).toEqual(["ana available"]);
  const third = presences.readAll();
  presences.clear();
  answers[2]?.([presence("ana", "available")]);
  await third;
  expect(statuses()).toEqual([]);
});
