import type { OpenConversation } from "@clew/client/agent";
import { Anchor, Text } from "@mantine/core";
import { IconAlertCircle, IconCheck, IconChecks, IconClock, IconLock } from "@tabler/icons-react";
import { memo } from "react";
import { timeOfDay } from "../clock/ages.ts";
import { problemText } from "../strings/problems.ts";
import { t } from "../strings/strings.ts";
import { Attachments } from "./attachments.tsx";
import type { Written } from "./lines.ts";
import classes from "./log.module.css";
import { Markdown } from "./markdown.tsx";
import { person } from "./names.ts";
import { writtenText } from "./written-text.ts";

type Props = { item: Written; first: boolean; last: boolean; handle: OpenConversation; me: string; customer: string };

/** A message or a note. The customer's stand at the start, ours at the end; notes are yellow and say that they are private. */
export const WrittenLine = memo(function WrittenLine({ item, first, last, handle, me, customer }: Props) {
  const { delivery } = item;
  const automatic = item.event?.type === "message.posted" ? item.event.automatic : undefined;
  const replies = item.event?.type === "message.posted" ? item.event.replies : undefined;
  const side = item.by.who === "customer" ? "in" : "out";
  const failed = delivery?.state === "failed";
  return (
    <div
      className={classes.written}
      data-side={side}
      data-kind={item.kind}
      data-first={first || undefined}
      data-failed={failed || undefined}
    >
      {first && (
        <div className={classes.by}>
          {item.kind === "note" && <IconLock size={12} aria-hidden="true" />}
          <span dir="auto">{automatic ? t(`event.auto.${automatic}`) : writer(item, me, customer)}</span>
          {item.kind === "note" && <span>· {t("note.private")}</span>}
          <time>{timeOfDay(item.at)}</time>
        </div>
      )}
      <div className={classes.bubble} dir="auto" data-sending={delivery?.state === "sending" || undefined}>
        {item.text !== "" && <Markdown text={writtenText(item)} />}
        {item.attachments.length > 0 && <Attachments attachments={item.attachments} />}
      </div>
      {replies && (
        <div className={classes.receipt} dir="auto">
          {t("message.offers", { replies: replies.map(({ label }) => label).join(" · ") })}
        </div>
      )}
      {failed && (
        <div className={classes.failed} role="alert">
          <IconAlertCircle size={14} aria-hidden="true" />
          <Text span size="xs">
            {problemText(delivery.problem)}
          </Text>
          <Anchor component="button" type="button" size="xs" onClick={() => handle.retry(item.key)}>
            {t("message.retry")}
          </Anchor>
          <Anchor component="button" type="button" size="xs" onClick={() => handle.discard(item.key)}>
            {t("message.discard")}
          </Anchor>
        </div>
      )}
      {delivery && !failed && item.kind === "message" && (last || delivery.state === "sending") && (
        <Receipt state={delivery.state} />
      )}
    </div>
  );
});

function writer(item: Written, me: string, customer: string): string {
  if (item.by.who === "customer") return item.by.name ?? customer;
  return person(item.by, { me, agent: () => "", queue: () => "" });
}

const ICONS = { sending: IconClock, sent: IconCheck, delivered: IconChecks, read: IconChecks };

function Receipt({ state }: { state: keyof typeof ICONS }) {
  const Icon = ICONS[state];
  return (
    <div className={classes.receipt} data-read={state === "read" || undefined}>
      <Icon size={13} aria-hidden="true" />
      {t(`receipt.${state}`)}
    </div>
  );
}
