import type { OpenConversation } from "@clew/client/agent";
import type { ConversationSnapshot } from "@clew/contract/conversations";
import type { RunSummary } from "@clew/contract/flows/runs";
import { Button, Menu, Text } from "@mantine/core";
import { IconChevronDown, IconPlayerPlay } from "@tabler/icons-react";
import { useState } from "react";
import { useTry } from "../conversation/use-try.ts";
import { failureText } from "../strings/problems.ts";
import { t } from "../strings/strings.ts";
import { RunCard } from "./run-card.tsx";
import { RunItem } from "./run-item.tsx";
import classes from "./run-panel.module.css";
import { isAtWork, useFlowButtons, useRunsOf, useStartRun } from "./runs.ts";
import { SentBack } from "./sent-back.tsx";
import { useStartPlace } from "./start-place.ts";

type Props = { handle: OpenConversation; conversation: ConversationSnapshot };

/** More buttons than this are gathered in a menu. */
const BUTTONS = 3;

/** The agent's side of flows: what can be started here, what is at work and what it shows, and what was. */
export function RunPanel({ handle, conversation }: Props) {
  const latest = (conversation.runs ?? []).map(({ id }) => id).join();
  const { data, error } = useRunsOf(conversation.id, latest);
  const [dismissed, setDismissed] = useState<readonly string[]>([]);
  const runs = data?.items ?? [];
  const sessionId = conversation.session?.id;
  const shown = runs.filter(
    (run) => isAtWork(run) || (run.status === "faulted" && run.sessionId === sessionId && !dismissed.includes(run.id)),
  );
  const earlier = runs.filter((run) => !shown.includes(run));
  return (
    <>
      <Buttons conversationId={conversation.id} />
      {error && !data && (
        <Text size="sm" role="alert">
          {failureText(error)}
        </Text>
      )}
      {shown.map((run) => (
        <RunCard
          key={run.id}
          run={run}
          handle={handle}
          conversation={conversation}
          onDismiss={() => setDismissed([...dismissed, run.id])}
        />
      ))}
      <SentBack handle={handle} conversation={conversation} runs={shown} />
      {earlier.length > 0 && <Earlier runs={earlier} />}
    </>
  );
}

function Buttons({ conversationId }: { conversationId: string }) {
  const buttons = useFlowButtons("session", "conversation");
  const start = useStartRun();
  const place = useStartPlace(conversationId);
  const [busy, attempt] = useTry();
  const press = (key: string) => void attempt(() => start(key, place));
  if (buttons.length === 0) return <p className={classes.quiet}>{t("flows.none")}</p>;
  if (buttons.length <= BUTTONS)
    return (
      <div className={classes.buttons}>
        {buttons.map(({ key, label, title }) => (
          <Button
            key={key}
            variant="default"
            size="xs"
            disabled={busy}
            title={title}
            leftSection={<IconPlayerPlay size={13} aria-hidden="true" />}
            classNames={{ label: classes.wrap ?? "" }}
            h="auto"
            mih={30}
            onClick={() => press(key)}
          >
            {label}
          </Button>
        ))}
      </div>
    );
  return (
    <Menu position="bottom-start" width={260}>
      <Menu.Target>
        <Button variant="default" size="xs" loading={busy} rightSection={<IconChevronDown size={13} />}>
          {t("flows.start")}
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah={320} style={{ overflowY: "auto" }}>
        {buttons.map(({ key, label }) => (
          <Menu.Item key={key} onClick={() => press(key)}>
            {label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function Earlier({ runs }: { runs: readonly RunSummary[] }) {
  return (
    <details className={classes.earlier}>
      <summary>{t("flows.earlier", { count: runs.length })}</summary>
      <ol>
        {runs.map((run) => (
          <RunItem key={run.id} run={run} quiet={classes.quiet} />
        ))}
      </ol>
    </details>
  );
}
