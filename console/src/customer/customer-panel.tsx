import type { OpenConversation } from "@clew/client/agent";
import type { ConversationSnapshot } from "@clew/contract/conversations";
import { Anchor, Badge, Button, CopyButton, Text } from "@mantine/core";
import { IconDownload, IconExternalLink, IconRosetteDiscountCheckFilled, IconTimeline } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { day } from "../clock/ages.ts";
import { useServerNow } from "../clock/use-server-now.ts";
import { useTry } from "../conversation/use-try.ts";
import { useMe } from "../desk.tsx";
import { RunPanel } from "../flows/run-panel.tsx";
import { Face } from "../presence/face.tsx";
import { useChannels } from "../queries.ts";
import { ConversationCases } from "../records/conversation-cases.tsx";
import { r } from "../records/words.ts";
import { t } from "../strings/strings.ts";
import classes from "./customer.module.css";
import { EraseCustomer } from "./erase-customer.tsx";
import { Facts } from "./facts.tsx";
import { customerName } from "./name.ts";
import { RevokeLinks } from "./revoke-links.tsx";
import { saveFile } from "./save-file.ts";
import { hasNotes, SessionNotes } from "./session-notes.tsx";
import { Sessions } from "./sessions.tsx";

type Props = { handle: OpenConversation; conversation: ConversationSnapshot };

/** Who the customer is, what they told and when, and what happened with them before. */
export function CustomerPanel({ handle, conversation }: Props) {
  const { customer, page } = conversation;
  const channel = useChannels().find(({ id }) => id === conversation.channelId);
  const now = useServerNow(60);
  const name = customerName(conversation);
  const mayErase = useMe().agent.role === "admin" && conversation.staff !== null;
  return (
    <div className={classes.panel}>
      <div className={classes.identity}>
        <Face name={name === t("customer.guest") ? null : name} size={44} />
        <div className={classes.identityText}>
          <Text fw={600} dir="auto" className={classes.wrap}>
            {name}
          </Text>
          {customer?.kind === "verified" ? (
            <Badge size="sm" variant="light" color="green" leftSection={<IconRosetteDiscountCheckFilled size={12} />}>
              {t("customer.verified")}
            </Badge>
          ) : (
            <Badge size="sm" variant="light" color="gray">
              {t("customer.guestBadge")}
            </Badge>
          )}
        </div>
      </div>
      <dl className={classes.details}>
        {customer?.email && <Detail label={t("customer.email")}>{customer.email}</Detail>}
        {customer?.subject && <Detail label={t("customer.subject")}>{customer.subject}</Detail>}
      </dl>
      <Section title={t("flows.title")}>
        <RunPanel handle={handle} conversation={conversation} />
      </Section>
      <Section title={r("record.cases")}>
        <ConversationCases conversationId={conversation.id} />
      </Section>
      <Section title={t("customer.facts")}>
        <Facts handle={handle} conversation={conversation} fields={channel?.draft.preChat.fields ?? []} />
      </Section>
      {hasNotes(conversation.staff) && (
        <Section title={t("customer.noted")}>
          <SessionNotes staff={conversation.staff} />
        </Section>
      )}
      <Section title={t("customer.sessions")}>
        <Sessions conversation={conversation} />
      </Section>
      <Section title={t("customer.details")}>
        <dl className={classes.details}>
          {page && (
            <Detail label={t("customer.page")}>
              {/^https?:/.test(page.url) ? (
                <Anchor href={page.url} target="_blank" rel="noopener noreferrer" size="sm" className={classes.wrap}>
                  {page.title || page.url} <IconExternalLink size={12} aria-hidden="true" />
                </Anchor>
              ) : (
                page.url
              )}
            </Detail>
          )}
          <Detail label={t("customer.channel")}>{channel?.draft.name ?? "–"}</Detail>
          <Detail label={t("customer.language")}>{languageName(conversation.language)}</Detail>
          <Detail label={t("customer.since")}>{day(conversation.createdAt, now)}</Detail>
          <Detail label={t("customer.id")}>
            <CopyButton value={conversation.id}>
              {({ copied, copy }) => (
                <Anchor component="button" type="button" size="sm" onClick={copy}>
                  {copied ? t("customer.copied") : `${conversation.id.slice(0, 8)}…`}
                </Anchor>
              )}
            </CopyButton>
          </Detail>
        </dl>
        <Transcript handle={handle} />
        <Button
          component={Link}
          to={`/conversations/${conversation.id}/timeline`}
          variant="subtle"
          color="gray"
          size="compact-sm"
          leftSection={<IconTimeline size={14} />}
          ml={-8}
        >
          {t("timeline.open")}
        </Button>
        {channel?.draft.reconnect && <RevokeLinks conversationId={conversation.id} />}
        {mayErase && customer && <EraseCustomer customerId={customer.id} />}
      </Section>
    </div>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={classes.section}>
      <h3>{title}</h3>
      {children}
    </section>
  );
}

function Detail({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd dir="auto">{children}</dd>
    </div>
  );
}

function Transcript({ handle }: { handle: OpenConversation }) {
  const [busy, attempt] = useTry();
  async function download() {
    await attempt(async () => {
      const result = await handle.transcript();
      if (result.ok) saveFile(result.value, `conversation-${handle.id.slice(0, 8)}.txt`);
      return result;
    });
  }
  return (
    <Button
      variant="subtle"
      color="gray"
      size="compact-sm"
      loading={busy}
      leftSection={<IconDownload size={14} />}
      onClick={download}
      mt="xs"
      ml={-8}
    >
      {t("customer.transcript")}
    </Button>
  );
}

function languageName(tag: string): string {
  try {
    return new Intl.DisplayNames("en", { type: "language" }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}
