import type { OpenConversationState } from "@clew/client/agent";
import type { ConversationSnapshot } from "@clew/contract/conversations";
import { plainText } from "@clew/widget/messages/markdown";
import { CloseButton } from "@mantine/core";
import { IconHeartHandshake } from "@tabler/icons-react";
import { useMemo, useState } from "react";
import { agentName } from "../conversation/names.ts";
import { choiceText, labelOf } from "../customer/fact-text.ts";
import { customerName } from "../customer/name.ts";
import { useChannels, useNames } from "../queries.ts";
import { t } from "../strings/strings.ts";
import classes from "./absence.module.css";
import { becauseText } from "./absence-text.ts";
import { handOverOf } from "./hand-over.ts";

/** How many facts the card repeats; the panel has them all. */
const FACTS = 4;

type Props = { state: OpenConversationState; conversation: ConversationSnapshot };

/** For whoever takes a returning customer: who served them before, what was said last, why it moved. */
export function HandOverCard({ state, conversation }: Props) {
  const names = useNames();
  const { session, staff, facts = [] } = conversation;
  const [hidden, setHidden] = useState<string | null>(null);
  const previousAgentId = staff?.previousAgentId ?? null;
  const handOver = useMemo(
    () =>
      session?.agent?.id === names.me
        ? handOverOf({ timeline: state.timeline, sessionId: session.id, previousAgentId, me: names.me })
        : null,
    [state.timeline, session?.id, session?.agent?.id, previousAgentId, names.me],
  );
  const fields = useChannels().find(({ id }) => id === conversation.channelId)?.draft.preChat.fields ?? [];
  const fieldOf = (key: string) => fields.find((field) => field.key === key);
  if (!handOver || hidden === session?.id) return null;
  const { because, customerSaid, agentSaid } = handOver;
  // The name stands above, and what was left blank helps nobody.
  const told = facts.filter(({ key, value }) => key !== "name" && value !== null && value !== "").slice(0, FACTS);
  return (
    <section className={classes.handOver} aria-label={t("handOver.title", { name: customerName(conversation) })}>
      <IconHeartHandshake size={20} aria-hidden="true" className={classes.handOverIcon} />
      <div className={classes.handOverText}>
        <strong>{t("handOver.title", { name: customerName(conversation) })}</strong>
        <p>
          {t("handOver.before", { agent: agentName(handOver.previousAgentId, names) })}
          {because && ` · ${t("handOver.because", { because: becauseText(because, handOver.previousAgentId, names) })}`}
        </p>
        <dl>
          {customerSaid && <Said label={t("handOver.customerSaid")} text={plainText(customerSaid.text)} />}
          {agentSaid && <Said label={t("handOver.agentSaid")} text={plainText(agentSaid.text)} />}
          {told.map(({ key, value }) => (
            <Said key={key} label={labelOf(key, fieldOf(key))} text={choiceText(value, fieldOf(key))} />
          ))}
        </dl>
      </div>
      <CloseButton
        size="sm"
        aria-label={t("handOver.hide")}
        title={t("handOver.hide")}
        onClick={() => setHidden(session?.id ?? null)}
      />
    </section>
  );
}

function Said({ label, text }: { label: string; text: string }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd dir="auto">{text}</dd>
    </div>
  );
}
