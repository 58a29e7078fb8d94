import type { FlowDifference, FlowDraft } from "@clew/contract/flows/versions";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { problemOf, useAsk } from "../../admin/api/admin-api.tsx";
import { problemSentence } from "../../admin/api/problem-sentence.ts";
import { tell } from "../../admin/page/tell.ts";
import { f } from "../strings/words.ts";
import type { Definition } from "./use-definition.ts";

/** Somebody else was faster: what they saved, and what ours would change in it. */
export type Conflict = { theirs: FlowDraft; differences: FlowDifference[] };

/** Saves the draft; a conflict shows itself with the difference and waits for a choice. */
export function useSaving(key: string, definition: Definition, taken: (draft: FlowDraft) => void) {
  const ask = useAsk();
  const queries = useQueryClient();
  const [saving, setSaving] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const [conflict, setConflict] = useState<Conflict | null>(null);

  function keep(draft: FlowDraft) {
    definition.adopt(draft);
    taken(draft);
    queries.setQueryData(["flows", "draft", key], draft);
    void queries.invalidateQueries({ queryKey: ["flows", "list"] });
  }

  async function save(revision: number = definition.revision) {
    setSaving(true);
    setRefusal(null);
    try {
      const body = { definition: definition.value, revision };
      keep(await ask<FlowDraft>("saveFlowDraft", { params: { key }, body }));
      setConflict(null);
      tell(f("editor.saved"));
    } catch (thrown) {
      const problem = problemOf(thrown);
      if (problem.code === "conflict") await compare();
      else setRefusal(problemSentence(problem));
    } finally {
      setSaving(false);
    }
  }

  async function compare() {
    try {
      const body = { from: "draft", definition: definition.value };
      const [theirs, { differences }] = await Promise.all([
        ask<FlowDraft>("readFlowDraft", { params: { key } }),
        ask<{ differences: FlowDifference[] }>("diffFlow", { params: { key }, body }),
      ]);
      setConflict({ theirs, differences });
    } catch (thrown) {
      setRefusal(problemSentence(problemOf(thrown)));
    }
  }

  return {
    save: () => save(),
    saving,
    refusal,
    conflict,
    later: () => setConflict(null),
    takeTheirs() {
      if (!conflict) return;
      // Ours stays within reach of undo.
      definition.change(conflict.theirs.definition);
      keep(conflict.theirs);
      setConflict(null);
    },
    keepMine: () => (conflict ? save(conflict.theirs.revision) : Promise.resolve()),
  };
}
