import type { OpenConversation } from "@clew/client/agent";
import { IconLock } from "@tabler/icons-react";
import { dayHeading, timeOfDay } from "../clock/ages.ts";
import { useServerNow } from "../clock/use-server-now.ts";
import { SurveyAnswers } from "../customer/survey-answers.tsx";
import { ReceiptCard } from "../mirror/receipt-card.tsx";
import { t } from "../strings/strings.ts";
import type { Line, Notice } from "./lines.ts";
import classes from "./log.module.css";
import type { Names } from "./names.ts";
import { endText, systemLine } from "./system-line.ts";
import { WrittenLine } from "./written-line.tsx";

type Props = { line: Line; handle: OpenConversation; names: Names; customer: string };

export function LineView({ line, handle, names, customer }: Props) {
  switch (line.kind) {
    case "day":
      return <Day at={line.at} />;
    case "unread":
      return (
        <div className={classes.unread}>
          <span>{t("line.unread", { count: line.count })}</span>
        </div>
      );
    case "session":
      return (
        <div className={classes.session}>
          <strong>{t("line.session", { number: line.number })}</strong>
          <span>
            {timeOfDay(line.at)} · {t(`line.session.${line.reason}`)}
          </span>
          {line.ended && (
            <span className={classes.ended}>{t("line.previousEnd", { end: endText(line.ended, names) })}</span>
          )}
        </div>
      );
    case "notice":
      return (
        <>
          <NoticeLine event={line.event} names={names} />
          {line.event.type === "form.changed" && line.event.how === "submitted" && (
            <ReceiptCard form={line.event.form} by={customer} handle={handle} />
          )}
          {line.event.type === "survey.answered" && line.event.answers && (
            <div className={classes.answers}>
              <SurveyAnswers answers={line.event.answers} />
            </div>
          )}
        </>
      );
    case "written":
      return (
        <WrittenLine
          item={line.item}
          first={line.first}
          last={line.last}
          handle={handle}
          me={names.me}
          customer={customer}
        />
      );
  }
}

function Day({ at }: { at: number }) {
  const now = useServerNow(60);
  return (
    <div className={classes.day}>{dayHeading(at, now, { today: t("line.today"), yesterday: t("line.yesterday") })}</div>
  );
}

function NoticeLine({ event, names }: { event: Notice; names: Names }) {
  const line = systemLine(event, names);
  return (
    <div className={classes.notice} data-tone={line.tone}>
      {line.staff && <IconLock size={11} aria-label={t("event.staffOnly")} />}
      <span>
        {line.text}
        {line.detail && (
          <q dir="auto" className={classes.detail}>
            {line.detail}
          </q>
        )}
      </span>
      <time>{timeOfDay(event.at)}</time>
    </div>
  );
}
