import type { OpenConversation, OpenConversationState } from "@clew/client/agent";
import type { ConversationSnapshot } from "@clew/contract/conversations";
import { Button } from "@mantine/core";
import { IconClockHour4, IconDoorExit, IconEye } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { AbsenceStrip } from "../absence/absence-strip.tsx";
import { left } from "../clock/ages.ts";
import { useServerNow } from "../clock/use-server-now.ts";
import { useViewer } from "../desk.tsx";
import { t } from "../strings/strings.ts";
import { able } from "./able.ts";
import classes from "./conversation.module.css";
import { useTry } from "./use-try.ts";

type Props = { handle: OpenConversation; state: OpenConversationState; conversation: ConversationSnapshot };

/** What runs out, who else is here: below the header, only while it is true. */
export function Strip({ handle, state, conversation }: Props) {
  const viewer = useViewer();
  const countdown = conversation.session?.countdown ?? null;
  const close = conversation.staff?.close ?? null;
  return (
    <>
      {close && (
        <Closed handle={handle} until={close.undoUntil} then={close.then} own={able(conversation, viewer).undoClose} />
      )}
      {countdown && countdown.what !== "undo-close" && <Countdown what={countdown.what} until={countdown.at} />}
      <AbsenceStrip handle={handle} conversation={conversation} />
      {state.viewers.length > 0 && (
        <Notice icon={<IconEye size={15} aria-hidden="true" />} tone="quiet">
          {state.viewers.map(({ name, typing }) => t(typing ? "viewer.typing" : "viewer.here", { name })).join(" · ")}
        </Notice>
      )}
    </>
  );
}

function Countdown({ what, until }: { what: "inactivity-end" | "undo-optout"; until: number }) {
  const now = useServerNow();
  return (
    <Notice icon={<IconClockHour4 size={15} aria-hidden="true" />} tone="warn">
      {t(`countdown.${what}`, { time: left(until, now) })}
    </Notice>
  );
}

function Closed({
  handle,
  until,
  then,
  own,
}: {
  handle: OpenConversation;
  until: number;
  then: "keep" | "park" | "requeue";
  own: boolean;
}) {
  const now = useServerNow();
  const [busy, attempt] = useTry();
  return (
    <Notice icon={<IconDoorExit size={15} aria-hidden="true" />} tone="quiet">
      <span>
        {own && <strong>{t("close.toast")}. </strong>}
        {t(own ? `close.done.${then}` : "close.doneByOther")}
      </span>
      {own && now < until && (
        <Button size="compact-xs" variant="light" loading={busy} onClick={() => attempt(() => handle.undoClose())}>
          {t("close.undo", { time: left(until, now) })}
        </Button>
      )}
    </Notice>
  );
}

function Notice({ icon, tone, children }: { icon: ReactNode; tone: "warn" | "quiet"; children: ReactNode }) {
  return (
    <div className={classes.strip} data-tone={tone} role="status">
      {icon}
      {children}
    </div>
  );
}
