import type { OpenConversation } from "@clew/client/agent";
import type { ConversationSnapshot } from "@clew/contract/conversations";
import { Button, Menu, Tooltip } from "@mantine/core";
import { IconChevronDown } from "@tabler/icons-react";
import { left, timeOfDay } from "../clock/ages.ts";
import { useServerNow } from "../clock/use-server-now.ts";
import { able } from "../conversation/able.ts";
import stripClasses from "../conversation/conversation.module.css";
import { agentName, type Names } from "../conversation/names.ts";
import { useTry } from "../conversation/use-try.ts";
import { useViewer } from "../desk.tsx";
import { useNames } from "../queries.ts";
import { t } from "../strings/strings.ts";
import classes from "./absence.module.css";
import { type Clock, clocksOf } from "./clocks.ts";
import { Ring } from "./ring.tsx";

const MINUTE = 60_000;
/** How many minutes *wait longer* offers. */
const LONGER = [5, 15, 30];

/** The customer is away, or back and waiting for one agent: since when, which clocks run, and what can be done about them. */
export function AbsenceStrip({
  handle,
  conversation,
}: {
  handle: OpenConversation;
  conversation: ConversationSnapshot;
}) {
  const viewer = useViewer();
  const now = useServerNow();
  const [busy, attempt] = useTry();
  const { session, staff } = conversation;
  const names = useNames();
  const kept = staff?.kept;
  if (!session || session.status === "ended" || !(session.away || kept)) return null;
  const clocks = clocksOf(session, staff ?? null);
  const may = able(conversation, viewer);
  const mine = session.agent?.id === viewer.agentId;
  const next = clocks[0];
  const words = ({ what, at }: Clock) => {
    const time = left(at, now);
    if (what !== "same-agent" || mine) return t(`absence.${what}`, { time });
    return session.agent ? t("absence.same-agent.other", { agent: session.agent.name, time }) : null;
  };
  const told = [
    ...clocks.map(words).filter((word) => word !== null),
    ...(clocks.length === 0 ? [t("absence.noClock")] : []),
    ...(session.agent === null && !session.bot && session.status !== "waiting" ? [t("absence.nobodys")] : []),
  ];
  return (
    <div className={stripClasses.strip} data-tone="quiet">
      {next && <Ring from={session.away?.since ?? session.waitingSince ?? now} until={next.at} now={now} />}
      <span role="status">
        {session.away ? t("absence.since", { time: timeOfDay(session.away.since) }) : keptText(kept?.agentId, names)}
      </span>
      <span className={classes.clocks}>{told.join(" · ")}</span>
      <span className={classes.verbs}>
        {may.holdLonger && (
          <Menu position="bottom-end">
            <Menu.Target>
              <Button size="compact-xs" variant="light" disabled={busy} rightSection={<IconChevronDown size={12} />}>
                {t("absence.longer")}
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              {LONGER.map((minutes) => (
                <Menu.Item key={minutes} onClick={() => attempt(() => handle.waitLonger(minutes * MINUTE))}>
                  {t("absence.longerBy", { minutes })}
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
        )}
        {may.release && (
          <Tooltip label={t(kept ? "absence.releaseKeptAbout" : "absence.releaseAbout")} multiline maw={260}>
            <Button
              size="compact-xs"
              variant="default"
              loading={busy}
              onClick={() => attempt(() => handle.releaseHold())}
            >
              {t("absence.release")}
            </Button>
          </Tooltip>
        )}
      </span>
    </div>
  );
}

/** A customer is back whose place is kept: for whom they wait. */
function keptText(agentId: string | undefined, names: Names): string {
  if (agentId === undefined || agentId === names.me) return t("absence.kept.you");
  return t("absence.kept", { agent: agentName(agentId, names) });
}
