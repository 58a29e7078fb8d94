import type { InboxItem } from "@clew/contract/inbox";
import { plainText } from "@clew/widget/messages/markdown";
import { IconClockHour4, IconPencil, IconRosetteDiscountCheckFilled } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { clocksOf } from "../absence/clocks.ts";
import { Ring } from "../absence/ring.tsx";
import { age, left, length } from "../clock/ages.ts";
import { Face } from "../presence/face.tsx";
import { t } from "../strings/strings.ts";
import classes from "./inbox.module.css";
import { newsAt } from "./views.ts";

type Props = {
  item: InboxItem;
  open: boolean;
  unfinished: boolean;
  now: number;
  me: string;
  queue: string;
  channel: string;
};

/** One conversation of the list: who, the last word, how long ago, and what runs out. */
export function InboxRow({ item, open, unfinished, now, me, queue, channel }: Props) {
  const { session, customer } = item;
  const waiting = session.status === "waiting" || session.status === "new";
  return (
    <Link
      to="/conversations/$id"
      params={{ id: item.conversationId }}
      search={(before) => before}
      className={classes.row}
      data-unread={item.unread > 0 || undefined}
      data-quiet={session.status === "inactive" || session.status === "ended" || undefined}
      aria-current={open ? "true" : undefined}
    >
      <Face name={customer.name ?? nameIn(item)} size={36} />
      <span className={classes.rowText}>
        <span className={classes.rowHead}>
          <span className={classes.rowTitle} dir="auto">
            {item.title}
          </span>
          {customer.kind === "verified" && (
            <IconRosetteDiscountCheckFilled
              size={14}
              className={classes.verified}
              aria-label={t("customer.verified")}
            />
          )}
          <span className={classes.rowAge}>
            {waiting ? length(now - (session.waitingSince ?? session.startedAt)) : age(newsAt(item), now)}
          </span>
        </span>
        <span className={classes.rowLast} dir="auto">
          {lastWord(item, me)}
        </span>
        <span className={classes.rowFoot}>
          <span className={classes.place}>
            {waiting ? queue : [channel, owner(item, me)].filter(Boolean).join(" · ")}
          </span>
          {session.status === "inactive" && <span className={classes.chip}>{t("status.inactive")}</span>}
          {item.staff.offer && (
            <span className={classes.chip}>{t("inbox.offered", { time: left(item.staff.offer.dueAt, now) })}</span>
          )}
          {(session.away || item.staff.kept) && <AwayChip item={item} now={now} />}
          {session.countdown && (
            <span className={classes.chip} data-warn>
              <IconClockHour4 size={11} aria-hidden="true" />
              {left(session.countdown.at, now)}
            </span>
          )}
          {unfinished && <IconPencil size={13} className={classes.draft} aria-label={t("inbox.draft")} />}
          {item.unread > 0 && (
            <span className={classes.unread}>
              <span className={classes.hidden}>{t("inbox.unread")} </span>
              {item.unread > 99 ? "99+" : item.unread}
            </span>
          )}
        </span>
      </span>
    </Link>
  );
}

/** The customer is away, or back and waiting for one agent: how long the next clock still runs, or how long they have been gone. */
function AwayChip({ item: { session, staff }, now }: { item: InboxItem; now: number }) {
  const since = session.away?.since ?? session.waitingSince ?? now;
  const [next] = clocksOf(session, staff);
  return (
    <span className={classes.chip}>
      {next && <Ring from={since} until={next.at} now={now} />}
      {t(session.away ? "absence.chip" : "absence.keptChip", { time: next ? left(next.at, now) : length(now - since) })}
    </span>
  );
}

function lastWord({ lastMessage, session }: InboxItem, me: string): string {
  if (!lastMessage) return t("inbox.noMessage");
  const said = plainText(lastMessage.text);
  if (lastMessage.by === "customer") return said;
  const who =
    lastMessage.by === "agent" && session.agent?.id === me
      ? t("who.you")
      : lastMessage.by === "agent"
        ? (session.agent?.name ?? t("who.agent"))
        : lastMessage.by === "bot" && session.bot
          ? session.bot.name
          : t(`who.${lastMessage.by}`);
  return `${who}: ${said}`;
}

/** The name that a guest told stands first in the title; a title of one part is a topic. */
function nameIn({ title }: InboxItem): string | null {
  const [name] = title.split(" · ");
  return title.includes(" · ") && name !== t("customer.guest") ? (name ?? null) : null;
}

function owner({ session }: InboxItem, me: string): string {
  if (session.bot) return t("bot.serves", { name: session.bot.name });
  return session.agent && session.agent.id !== me ? session.agent.name : "";
}
