import type { OpenConversation, OpenConversationState } from "@clew/client/agent";
import type { ConversationSnapshot } from "@clew/contract/conversations";
import { ActionIcon, Badge, Button, Tooltip } from "@mantine/core";
import {
  IconArrowsRightLeft,
  IconChevronLeft,
  IconDoorExit,
  IconHandGrab,
  IconLayoutSidebarRight,
  IconPlayerPause,
  IconPlayerPlay,
  IconSquareCheck,
  IconUserPlus,
} from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { customerName } from "../customer/name.ts";
import { useViewer } from "../desk.tsx";
import { useCommand } from "../keyboard/keyboard.tsx";
import { useNames } from "../queries.ts";
import { t } from "../strings/strings.ts";
import { able } from "./able.ts";
import { AssignDialog } from "./assign-dialog.tsx";
import classes from "./conversation.module.css";
import { EndDialog } from "./end-dialog.tsx";
import { TransferDialog } from "./transfer-dialog.tsx";
import { useStepAway } from "./use-step-away.tsx";
import { useTry } from "./use-try.ts";

type Props = {
  handle: OpenConversation;
  state: OpenConversationState;
  conversation: ConversationSnapshot;
  onPanel(): void;
  panelShown: boolean;
};
type Dialog = "transfer" | "end" | "assign" | null;

/** Who this is with and in what state; leaving at the start, serving in the middle, the end at the end. */
export function Header({ handle, state, conversation, onPanel, panelShown }: Props) {
  const viewer = useViewer();
  const names = useNames();
  const [dialog, setDialog] = useState<Dialog>(null);
  const [busy, attempt] = useTry();
  const may = able(conversation, viewer);
  const close = useStepAway(handle, conversation);
  const { session } = conversation;
  // The stream says so at once, the log once a drop lasts longer than a reload.
  const connected = session?.away ? false : state.customerConnected;
  const when = (allowed: boolean, run: () => void) => (allowed ? run : null);
  const take = () => attempt(() => handle.take());
  const switchInactive = () => attempt(() => (may.markActive ? handle.markActive() : handle.markInactive()));
  useCommand(
    "transfer",
    when(may.transfer, () => setDialog("transfer")),
  );
  useCommand("take", when(may.take, take));
  useCommand("toggle-inactive", when(may.markActive || may.markInactive, switchInactive));
  useCommand("close", when(may.close, close.stepAway));
  useCommand(
    "undo-close",
    when(may.undoClose, () => attempt(() => handle.undoClose())),
  );
  useCommand(
    "end",
    when(may.end, () => setDialog("end")),
  );
  return (
    <header className={classes.header}>
      <ActionIcon component={Link} to="/" className={classes.back} aria-label={t("app.backToInbox")}>
        <IconChevronLeft size={20} />
      </ActionIcon>
      {may.close && (
        <Tooltip label={close.means} multiline maw={260}>
          <Button
            variant="subtle"
            color="gray"
            size="compact-sm"
            leftSection={<IconDoorExit size={16} />}
            onClick={close.stepAway}
            className={classes.close}
          >
            {t("close.button")}
          </Button>
        </Tooltip>
      )}
      <div className={classes.who}>
        <h2>
          <bdi>{customerName(conversation)}</bdi>
        </h2>
        <span className={classes.sub}>
          {session && t("line.session", { number: session.number })}
          {conversation.staff && ` · ${names.queue(conversation.staff.queueId)}`}
          {session?.agent &&
            session.agent.id !== viewer.agentId &&
            ` · ${t("conversation.with", { agent: session.agent.name })}`}
          {session?.bot && ` · ${t("bot.serves", { name: session.bot.name })}`}
          {connected !== null && ` · ${t(connected ? "customer.connected" : "customer.away")}`}
        </span>
      </div>
      {session && (
        <Badge variant="light" color={COLOURS[session.status]} className={classes.status}>
          {t(`status.${session.status}`)}
        </Badge>
      )}
      <div className={classes.actions}>
        {may.take && (
          <Button size="xs" loading={busy} leftSection={<IconHandGrab size={15} />} onClick={take}>
            {t(session?.bot ? "action.takeOver" : "action.take")}
          </Button>
        )}
        {may.assign && (
          <Action label={t("action.assign")} icon={<IconUserPlus size={18} />} onClick={() => setDialog("assign")} />
        )}
        {may.transfer && (
          <Action
            label={t("command.transfer")}
            icon={<IconArrowsRightLeft size={18} />}
            onClick={() => setDialog("transfer")}
          />
        )}
        {(may.markInactive || may.markActive) && (
          <Action
            label={t(may.markActive ? "action.markActive" : "action.markInactive")}
            icon={may.markActive ? <IconPlayerPlay size={18} /> : <IconPlayerPause size={18} />}
            onClick={switchInactive}
          />
        )}
        <Action
          label={t("command.panel")}
          icon={<IconLayoutSidebarRight size={18} />}
          onClick={onPanel}
          pressed={panelShown}
        />
        {may.end && (
          <Button
            size="xs"
            color="red"
            variant="outline"
            leftSection={<IconSquareCheck size={15} />}
            onClick={() => setDialog("end")}
            className={classes.end}
          >
            {t("end.button")}
          </Button>
        )}
      </div>
      <TransferDialog
        opened={dialog === "transfer"}
        onClose={() => setDialog(null)}
        handle={handle}
        conversation={conversation}
      />
      <EndDialog
        opened={dialog === "end"}
        onClose={() => setDialog(null)}
        handle={handle}
        conversation={conversation}
        force={may.endByForce}
      />
      <AssignDialog opened={dialog === "assign"} onClose={() => setDialog(null)} handle={handle} />
    </header>
  );
}

const COLOURS = {
  new: "gray",
  waiting: "yellow",
  active: "green",
  inactive: "gray",
  ended: "gray",
  error: "red",
} as const;

function Action({
  label,
  icon,
  onClick,
  pressed,
}: {
  label: string;
  icon: React.ReactNode;
  onClick(): void;
  pressed?: boolean;
}) {
  return (
    <Tooltip label={label}>
      <ActionIcon size="lg" aria-label={label} onClick={onClick} aria-pressed={pressed}>
        {icon}
      </ActionIcon>
    </Tooltip>
  );
}
