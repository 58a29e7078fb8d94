import { revisionOf } from "@clew/client/agent";
import type { Flow } from "@clew/contract/flows/definition";
import type { RunPage as Run, RunStep } from "@clew/contract/flows/runs";
import { Anchor, Button, Popover, Skeleton, Text } from "@mantine/core";
import { IconChevronLeft, IconFolder, IconMessage, IconRefresh } from "@tabler/icons-react";
import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import { day, timeOfDay } from "../clock/ages.ts";
import { useServerNow } from "../clock/use-server-now.ts";
import { useTry } from "../conversation/use-try.ts";
import { useDesk, useDeskState, useMe } from "../desk.tsx";
import { CancelRun } from "../flows/run-card.tsx";
import { isAtWork } from "../flows/runs.ts";
import { ask, useNames } from "../queries.ts";
import { failureText } from "../strings/problems.ts";
import { t } from "../strings/strings.ts";
import { Blocked } from "./blocked.tsx";
import { Migration } from "./migration.tsx";
import { pathOf } from "./path.ts";
import { PathList } from "./path-list.tsx";
import classes from "./run-pages.module.css";
import { StatusBadge } from "./status-badge.tsx";
import { Steps } from "./steps.tsx";
import { Unmatched } from "./unmatched.tsx";
import { Variables } from "./variables.tsx";
import { r } from "./words.ts";

const RunCanvas = lazy(() => import("./canvas.tsx"));

/** One run, for whoever has to find out what it does and why. */
export function RunPage() {
  const { id } = useParams({ from: "/runs/$id" });
  const desk = useDesk();
  const revision = useDeskState(({ configuration }) => revisionOf(configuration, `run ${id}`));
  const { data, error } = useQuery({
    queryKey: ["readRun", id, revision],
    queryFn: () => ask("readRun", desk.request("readRun", { params: { id } })),
    placeholderData: keepPreviousData,
    staleTime: 0,
  });
  return (
    <div className={classes.page}>
      <Anchor component={Link} to="/runs" size="sm" className={classes.back}>
        <IconChevronLeft size={14} aria-hidden="true" className="clew-flip" /> {r("run.back")}
      </Anchor>
      {error && (
        <Text size="sm" role="alert" mt="md">
          {failureText(error)}
        </Text>
      )}
      {!data && !error && <Skeleton height={240} mt="md" role="status" aria-label={t("app.loading")} />}
      {data && <Page page={data} />}
    </div>
  );
}

function Page({ page }: { page: Run }) {
  const { run, blocked, trace, unmatched } = page;
  const [chosen, setChosen] = useState<number | null>(null);
  const path = pathOf(page.definition as Flow, trace, isAtWork(run) || run.status === "faulted" ? run.node : null);
  const ways = new Map(path.flatMap(({ name, links }) => links.map((way) => [`${name} ${way.outcome}`, way.label])));
  const wayOf = ({ node, outcome, flow }: RunStep) =>
    (flow.key === run.flow.key ? ways.get(`${node} ${outcome}`) : undefined) ?? outcome;
  const chosenNode = trace.find(({ seq, flow }) => seq === chosen && flow.key === run.flow.key)?.node ?? null;
  const lookAt = (node: string) =>
    setChosen(trace.findLast((step) => step.node === node && step.flow.key === run.flow.key)?.seq ?? null);
  // Without its steps nobody can say which way it took: the flow keeps none, or they were deleted by now.
  const isKept = trace.length > 0 || run.steps === 0;
  // Whoever asks why nothing happens finds the answer first.
  const nothingHappens = blocked?.kind === "wait" && unmatched.length > 0;
  return (
    <>
      <Head page={page} />
      {nothingHappens && <Unmatched events={unmatched} />}
      <section className={classes.section}>
        <h2>{r("run.now")}</h2>
        <Blocked page={page} />
        <Migration page={page} />
      </section>
      <div className={classes.columns}>
        <section className={classes.section}>
          <h2>{r("run.path")}</h2>
          {isKept ? (
            <>
              <Suspense fallback={<Skeleton className={classes.canvas} />}>
                <RunCanvas definition={page.definition} path={path} chosen={chosenNode} choose={lookAt} />
              </Suspense>
              <PathList path={path} />
            </>
          ) : (
            <p className={classes.quiet}>{r("run.pathGone")}</p>
          )}
        </section>
        <div>
          <Variables page={page} chosen={chosen} onNow={() => setChosen(null)} />
          <Steps trace={trace} blocked={blocked} wayOf={wayOf} chosen={chosen} onChoose={setChosen} />
          {!nothingHappens && unmatched.length > 0 && <Unmatched events={unmatched} />}
        </div>
      </div>
    </>
  );
}

/** Of which kind the record is that the run works on: its inputs are named after it. */
function recordIn({ run, variables }: Run): { object: "Case" | "Contact"; id: string } | null {
  if (!run.recordId) return null;
  return { object: Object.hasOwn(variables, "caseId") ? "Case" : "Contact", id: run.recordId };
}

function Head({ page }: { page: Run }) {
  const { run, deadlineAt, forms, cancelled } = page;
  const record = recordIn(page);
  const now = useServerNow(30);
  const names = useNames();
  const at = (time: number) => `${day(time, now)}, ${timeOfDay(time)}`;
  const facts = [
    [r("run.started"), at(run.startedAt)],
    ...(run.endedAt === null ? [[r("run.deadline"), at(deadlineAt)]] : [[r("run.ended"), at(run.endedAt)]]),
    ...(run.starterId ? [[r("run.by"), names.agent(run.starterId)]] : []),
    [r("run.steps"), String(run.steps)],
    ...(cancelled?.by ? [[r("run.cancelledBy"), names.agent(cancelled.by)]] : []),
    ...(cancelled?.text ? [[r("run.cancelledWords"), cancelled.text]] : []),
  ] as const;
  return (
    <header className={classes.head}>
      <div className={classes.title}>
        <h1>
          <bdi>{run.title}</bdi>
        </h1>
        <StatusBadge status={run.status} />
        <span className={classes.quiet}>
          {r("runs.version", { ...run.flow })}
          {run.alias === "test" && ` · ${r("runs.test")}`}
          {forms.length > 0 && ` · ${r("run.forms", { count: forms.length })}`}
        </span>
      </div>
      <dl className={classes.facts}>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <bdi>{value}</bdi>
            </dd>
          </div>
        ))}
      </dl>
      <div className={classes.actions}>
        {run.conversationId && (
          <Button
            component={Link}
            to={`/conversations/${run.conversationId}`}
            variant="default"
            size="xs"
            leftSection={<IconMessage size={14} />}
          >
            {r("run.conversation")}
          </Button>
        )}
        {record && (
          <Button
            component={Link}
            to={`/records/${record.object}/${record.id}`}
            variant="default"
            size="xs"
            leftSection={<IconFolder size={14} />}
          >
            {r(record.object === "Case" ? "run.case" : "run.contact")}
          </Button>
        )}
        {run.status === "faulted" && <Retry id={run.id} />}
        {isAtWork(run) && <CancelRun run={run} />}
      </div>
    </header>
  );
}

function Retry({ id }: { id: string }) {
  const desk = useDesk();
  const queries = useQueryClient();
  const [open, setOpen] = useState(false);
  const [busy, attempt] = useTry();
  if (useMe().agent.role !== "admin") return null;
  async function retry(): Promise<void> {
    if (await attempt(() => desk.request("retryRun", { params: { id } }))) setOpen(false);
    void queries.invalidateQueries({ queryKey: ["readRun", id] });
  }
  return (
    <Popover opened={open} onChange={setOpen} width={260} position="bottom-start" withArrow trapFocus>
      <Popover.Target>
        <Button size="xs" leftSection={<IconRefresh size={14} />} onClick={() => setOpen(!open)}>
          {r("run.retry")}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={r("run.retry")}>
        <Text size="sm" mb="xs">
          {r("run.retrySure")}
        </Text>
        <Button size="xs" loading={busy} onClick={retry}>
          {r("run.retryYes")}
        </Button>
      </Popover.Dropdown>
    </Popover>
  );
}
