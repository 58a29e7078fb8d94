import type { OpenConversation } from "@clew/client/agent";
import type { ConversationSnapshot } from "@clew/contract/conversations";
import type { RunScreen, RunSummary } from "@clew/contract/flows/runs";
import { Anchor, Button, Popover, Skeleton, Text } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { lazy, Suspense, useId, useState } from "react";
import { CustomerWords } from "../conversation/customer-words.tsx";
import { useTry } from "../conversation/use-try.ts";
import { customerName } from "../customer/name.ts";
import { useDesk, useMe } from "../desk.tsx";
import { FormMirror } from "../mirror/form-mirror.tsx";
import { failureText } from "../strings/problems.ts";
import { t } from "../strings/strings.ts";
import classes from "./run-panel.module.css";
import { isAtWork, useRunScreen } from "./runs.ts";
import type { Answers } from "./screen-form/page.ts";
import type { ScreenButton } from "./screen-form/screen-form.tsx";

const ScreenForm = lazy(async () => ({ default: (await import("./screen-form/screen-form.tsx")).ScreenForm }));

/** Null: the run is about a record that belongs to no conversation, so that no form is open and no file has a place. */
type Props = {
  run: RunSummary;
  handle: OpenConversation | null;
  conversation: ConversationSnapshot | null;
  onDismiss(): void;
};

/** One run: its screen, or in words what it waits for, or what went wrong. */
export function RunCard({ run, handle, conversation, onDismiss }: Props) {
  const heading = useId();
  const { data, error } = useRunScreen(run.id, `${run.status} ${run.steps}`);
  const sees = useMe().agent.role !== "agent";
  return (
    <article className={classes.card} aria-labelledby={heading} data-fault={run.status === "faulted" || undefined}>
      <header className={classes.head}>
        <h4 id={heading}>
          <bdi>{run.title}</bdi>
        </h4>
        {isAtWork(run) ? (
          <CancelRun run={run} />
        ) : (
          <button type="button" className={classes.dismiss} aria-label={t("flows.dismiss")} onClick={onDismiss}>
            <IconX size={14} />
          </button>
        )}
      </header>
      {run.fault && (
        <p className={classes.fault} role="alert">
          {t("flows.faulted", { node: run.fault.node, message: run.fault.message })}
        </p>
      )}
      {isAtWork(run) && error && !data && (
        <Text size="sm" role="alert">
          {failureText(error)}
        </Text>
      )}
      {isAtWork(run) && !data && !error && <Skeleton height={32} role="status" aria-label={t("flows.working")} />}
      {isAtWork(run) && data && <Shows shows={data} handle={handle} conversation={conversation} />}
      {sees && (
        <Anchor component={Link} to={`/runs/${run.id}`} size="xs">
          {t("flows.details")}
        </Anchor>
      )}
    </article>
  );
}

function Shows({ shows, handle, conversation }: Pick<Props, "handle" | "conversation"> & { shows: RunScreen }) {
  const { screen, waitsFor, formIds } = shows;
  const forms = (conversation?.forms ?? []).filter(({ id }) => formIds.includes(id));
  return (
    <>
      {screen && <Screen key={screen.id} runId={shows.run.id} screen={screen} handle={handle} />}
      {!screen && waitsFor && waitsFor !== "form" && (
        <p className={classes.quiet} role="status">
          {t(`flows.waits.${waitsFor}`)}
        </p>
      )}
      {handle &&
        conversation &&
        forms.map((entry) => (
          <FormMirror key={entry.id} entry={entry} handle={handle} customer={customerName(conversation)} />
        ))}
    </>
  );
}

type ScreenProps = { runId: string; screen: NonNullable<RunScreen["screen"]>; handle: OpenConversation | null };

function Screen({ runId, screen, handle }: ScreenProps) {
  const desk = useDesk();
  const queries = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [problems, setProblems] = useState<Readonly<Record<string, string>>>({});
  const [failure, setFailure] = useState<string | null>(null);
  async function press(button: ScreenButton, values: Answers): Promise<void> {
    setBusy(true);
    setFailure(null);
    const body = { screenId: screen.id, button, values };
    const result = await desk.request("answerScreen", { params: { id: runId }, body });
    setBusy(false);
    const { fields = {} } = result.ok ? {} : result.problem;
    setProblems(fields);
    if (!result.ok && Object.keys(fields).length === 0) setFailure(failureText(result));
    // Whoever was late sees what the run shows now.
    void queries.invalidateQueries({ queryKey: ["readRunScreen", runId] });
    void queries.invalidateQueries({ queryKey: ["listRuns"] });
  }
  /** Stored like any file; it belongs to the answer, so it does not wait in the composer. */
  async function store(file: File): Promise<Answers | null> {
    if (!handle) {
      setFailure(t("flows.noPlaceForFiles"));
      return null;
    }
    const stored = await handle.upload(file);
    handle.removeUpload(stored.id);
    if (stored.state !== "stored") {
      setFailure(failureText(stored.state === "failed" ? stored : null));
      return null;
    }
    const { id, name, size, type } = stored.attachment;
    return { id, name, size, type };
  }
  return (
    <Suspense fallback={<Skeleton height={80} role="status" aria-label={t("flows.working")} />}>
      {failure && (
        <p className={classes.fault} role="alert">
          {failure}
        </p>
      )}
      <ScreenForm screen={screen} problems={problems} busy={busy} onButton={press} onFile={store} />
    </Suspense>
  );
}

/** Cancelling asks first: forms close with the run, and the customer may be told why. */
export function CancelRun({ run: { id, title, conversationId } }: { run: RunSummary }) {
  const desk = useDesk();
  const queries = useQueryClient();
  const [open, setOpen] = useState(false);
  const [words, setWords] = useState("");
  const [busy, attempt] = useTry();
  async function cancel(): Promise<void> {
    const text = words.trim();
    const given = { params: { id }, ...(text ? { body: { text } } : {}) };
    if (await attempt(() => desk.request("cancelRun", given))) setOpen(false);
    void queries.invalidateQueries({ queryKey: ["listRuns"] });
    void queries.invalidateQueries({ queryKey: ["readRun", id] });
  }
  return (
    <Popover opened={open} onChange={setOpen} width={250} position="bottom-end" withArrow trapFocus>
      <Popover.Target>
        <Button
          variant="subtle"
          color="gray"
          size="compact-xs"
          flex="none"
          aria-label={`${t("flows.cancel")}: ${title}`}
          onClick={() => setOpen(!open)}
        >
          {t("flows.cancel")}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t("flows.cancel")}>
        <Text size="sm" mb="xs">
          {t("flows.cancelSure")}
        </Text>
        {conversationId && (
          <CustomerWords
            size="xs"
            mb="xs"
            label={t("flows.cancelWords")}
            description={t("flows.cancelWordsAbout")}
            words={words}
            change={setWords}
          />
        )}
        <div className={classes.sure}>
          <Button size="xs" variant="default" onClick={() => setOpen(false)}>
            {t("flows.keep")}
          </Button>
          <Button size="xs" color="red" loading={busy} onClick={cancel}>
            {t("flows.cancelYes")}
          </Button>
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
