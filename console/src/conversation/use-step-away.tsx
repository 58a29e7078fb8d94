import type { OpenConversation } from "@clew/client/agent";
import type { ConversationSnapshot } from "@clew/contract/conversations";
import { Button, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useEffect, useRef, useState } from "react";
import { left } from "../clock/ages.ts";
import { useServerNow } from "../clock/use-server-now.ts";
import { useDesk, useDeskState, withConversation } from "../desk.tsx";
import { useQueues } from "../queries.ts";
import { t } from "../strings/strings.ts";
import classes from "./conversation.module.css";
import { useTry } from "./use-try.ts";

/**
 * Close: the agent steps away. It is done at once, said in words of the queue's policy, and can be undone for a while: in
 * the strip as long as the conversation is on the screen, in a word over the next screen once it is not.
 */
export function useStepAway(
  handle: OpenConversation,
  conversation: ConversationSnapshot,
): { means: string; stepAway(): void } {
  const queue = useQueues().find(({ id }) => id === conversation.staff?.queueId);
  const means = t(`close.means.${queue?.onClose ?? "keep"}`, { queue: queue?.name ?? t("who.noQueue") });
  const [, attempt] = useTry();
  const desk = useDesk();
  const steppedAway = useRef(false);
  useEffect(() => {
    notifications.hide(`close-${handle.id}`);
    steppedAway.current = false;
    return () => {
      const close = steppedAway.current && handle.state.get().conversation?.staff?.close;
      if (close && desk.serverNow() < close.undoUntil) tell(handle.id, close);
    };
  }, [handle, desk]);
  async function stepAway() {
    steppedAway.current = Boolean(await attempt(() => handle.close()));
  }
  return { means, stepAway: () => void stepAway() };
}

type Close = NonNullable<NonNullable<ConversationSnapshot["staff"]>["close"]>;

function tell(conversationId: string, close: Close): void {
  const id = `close-${conversationId}`;
  notifications.show({
    id,
    autoClose: false,
    title: t("close.toast"),
    message: (
      <Undo
        conversationId={conversationId}
        until={close.undoUntil}
        means={t(`close.done.${close.then}`)}
        onDone={() => notifications.hide(id)}
      />
    ),
  });
}

function Undo({
  conversationId,
  until,
  means,
  onDone,
}: {
  conversationId: string;
  until: number;
  means: string;
  onDone(): void;
}) {
  const desk = useDesk();
  const now = useServerNow();
  const [busy, attempt] = useTry();
  const item = useDeskState((state) => state.inbox.find((each) => each.conversationId === conversationId));
  const [seen, setSeen] = useState(false);
  const closed = item?.staff.close != null;
  // Undone elsewhere: by the key, in the strip, in another tab. The list may hear of the Close a moment after us.
  useEffect(() => {
    if (closed) setSeen(true);
  }, [closed]);
  const over = now >= until || (seen && !closed);
  useEffect(() => {
    if (over) onDone();
  }, [over, onDone]);
  return (
    <div className={classes.undo}>
      <Text size="sm">{means}</Text>
      <Button
        size="compact-sm"
        variant="light"
        loading={busy}
        onClick={() =>
          attempt(() => withConversation(desk, conversationId, (handle) => handle.undoClose())).then(onDone)
        }
      >
        {t("close.undo", { time: left(until, now) })}
      </Button>
    </div>
  );
}
