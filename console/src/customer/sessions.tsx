import type { ConversationSnapshot } from "@clew/contract/conversations";
import { Skeleton, Text } from "@mantine/core";
import { day, length } from "../clock/ages.ts";
import { useServerNow } from "../clock/use-server-now.ts";
import { endText } from "../conversation/system-line.ts";
import { useNames, useSessions } from "../queries.ts";
import { failureText } from "../strings/problems.ts";
import { t } from "../strings/strings.ts";
import classes from "./customer.module.css";
import { SurveyAnswers } from "./survey-answers.tsx";

/** All sessions of the conversation, the newest first: when, with whom, how long, how it ended. */
export function Sessions({ conversation }: { conversation: ConversationSnapshot }) {
  const { session, staff } = conversation;
  const names = useNames();
  const now = useServerNow(60);
  const { data, error } = useSessions(
    conversation.id,
    `${session?.number}-${session?.status}-${session?.survey}-${session?.agent?.id}`,
  );
  if (error && !data) return <Text size="sm">{failureText(error)}</Text>;
  if (!data) return <Skeleton height={40} />;
  const previous = staff?.previousAgentId;
  return (
    <>
      {previous && previous !== session?.agent?.id && (
        <Text size="sm" mb={6}>
          {t("customer.previousAgent", { name: names.agent(previous) })}
        </Text>
      )}
      <ol className={classes.sessions}>
        {[...data.items].reverse().map(({ session: each, queueName, survey }) => (
          <li key={each.id} data-current={each.id === session?.id || undefined}>
            <span className={classes.sessionHead}>
              <strong>{t("line.session", { number: each.number })}</strong>
              <span>{day(each.startedAt, now)}</span>
            </span>
            <span className={classes.quiet}>
              {[each.agent?.name, queueName, each.end && each.activeAt ? length(each.end.at - each.activeAt) : null]
                .filter(Boolean)
                .join(" · ") || t(`status.${each.status}`)}
            </span>
            {each.end && <span className={classes.quiet}>{endText(each.end, names)}</span>}
            {survey && <SurveyAnswers answers={survey} />}
          </li>
        ))}
      </ol>
    </>
  );
}
