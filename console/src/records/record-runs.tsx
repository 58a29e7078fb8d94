import type { OpenConversation } from "@clew/client/agent";
import type { ConversationSnapshot } from "@clew/contract/conversations";
import type { StoredRecord } from "@clew/contract/flows/records";
import type { RunSummary } from "@clew/contract/flows/runs";
import { Button, VisuallyHidden } from "@mantine/core";
import { IconPlayerPlay } from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTry } from "../conversation/use-try.ts";
import { useDesk, useDeskState, useOpenConversation, useReadable } from "../desk.tsx";
import { RunCard } from "../flows/run-card.tsx";
import { RunItem } from "../flows/run-item.tsx";
import { isAtWork, useFlowButtons, useStartRun } from "../flows/runs.ts";
import { ask } from "../queries.ts";
import classes from "./records.module.css";
import { r } from "./words.ts";

/** Flows on a record: the buttons that start them, what is at work with what it shows, and what was. */
export function RecordRuns({ record }: { record: StoredRecord }) {
  const buttons = useFlowButtons(record.object === "Case" ? "case" : "contact");
  const start = useStartRun();
  const [busy, attempt] = useTry();
  const runs = useRunsOn(record.id);
  const on = record.object === "Case" ? { caseId: record.id } : { contactId: record.id };
  return (
    <section aria-label={r("record.flows")}>
      <h2>{r("record.flows")}</h2>
      {buttons.length === 0 && runs.length === 0 && <p className={classes.quiet}>{r("record.noFlows")}</p>}
      <div className={classes.buttons}>
        {buttons.map(({ key, label, title }) => (
          <Button
            key={key}
            variant="default"
            size="xs"
            h="auto"
            mih={30}
            disabled={busy}
            title={title}
            leftSection={<IconPlayerPlay size={13} aria-hidden="true" />}
            onClick={() => void attempt(() => start(key, on))}
          >
            {label}
          </Button>
        ))}
      </div>
      {record.conversationId ? (
        <WithConversation id={record.conversationId} runs={runs} />
      ) : (
        <Opened handle={null} runs={runs} />
      )}
    </section>
  );
}

function useRunsOn(id: string): readonly RunSummary[] {
  const desk = useDesk();
  const revision = useDeskState(({ configuration }) => configuration.runs ?? 0);
  const { data } = useQuery({
    queryKey: ["listRuns", "record", id, revision],
    queryFn: () => ask("listRuns", desk.request("listRuns", { query: { record: id, limit: "20" } })),
    placeholderData: keepPreviousData,
    staleTime: 0,
  });
  return data?.items ?? [];
}

function WithConversation({ id, runs }: { id: string; runs: readonly RunSummary[] }) {
  const handle = useOpenConversation(id);
  return handle ? <InConversation handle={handle} runs={runs} /> : <RunLines runs={runs} />;
}

/** Where there is a conversation, screens need it: their forms and files are its own. */
function InConversation({ handle, runs }: { handle: OpenConversation; runs: readonly RunSummary[] }) {
  const { conversation } = useReadable(handle.state);
  return conversation ? <Opened {...{ handle, conversation, runs }} /> : <RunLines runs={runs} />;
}

type OpenedProps = {
  handle: OpenConversation | null;
  conversation?: ConversationSnapshot;
  runs: readonly RunSummary[];
};

function Opened({ handle, conversation, runs }: OpenedProps) {
  const [dismissed, setDismissed] = useState<readonly string[]>([]);
  const shown = runs.filter((run) => isAtWork(run) || (run.status === "faulted" && !dismissed.includes(run.id)));
  return (
    <>
      {shown.length > 0 && <VisuallyHidden component="h3">{r("record.flowsAtWork")}</VisuallyHidden>}
      {shown.map((run) => (
        <RunCard
          key={run.id}
          run={run}
          handle={handle}
          conversation={conversation ?? null}
          onDismiss={() => setDismissed([...dismissed, run.id])}
        />
      ))}
      <RunLines runs={runs.filter((run) => !shown.includes(run))} />
    </>
  );
}

function RunLines({ runs }: { runs: readonly RunSummary[] }) {
  if (runs.length === 0) return null;
  return (
    <ol className={classes.runs}>
      {runs.map((run) => (
        <RunItem key={run.id} run={run} quiet={classes.quiet} />
      ))}
    </ol>
  );
}
