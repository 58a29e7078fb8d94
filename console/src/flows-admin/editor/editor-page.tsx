import type { FlowDraft } from "@clew/contract/flows/versions";
import { IconRouteOff } from "@tabler/icons-react";
import { ProblemError } from "../../admin/api/admin-api.tsx";
import { Empty } from "../../admin/page/empty.tsx";
import { Read } from "../../admin/page/page.tsx";
import { useDraft } from "../flow-queries.ts";
import { Frame } from "../page/frame.tsx";
import { f } from "../strings/words.ts";
import { Editor } from "./editor.tsx";

/** The draft of one flow. */
export function EditorPage({ flowKey, mayWrite }: { flowKey: string; mayWrite: boolean }) {
  const draft = useDraft(flowKey);
  if (draft.data !== undefined) return <Editor draft={draft.data} mayWrite={mayWrite} />;
  const absent = draft.error instanceof ProblemError && draft.error.problem.code === "not-found";
  return (
    <Frame title={flowKey} back={{ to: "", label: f("flows.toList") }}>
      {absent ? (
        <Empty icon={IconRouteOff} title={f("flows.noFlow", { key: flowKey })} about="" />
      ) : (
        <Read query={draft}>{(_: FlowDraft) => null}</Read>
      )}
    </Frame>
  );
}
