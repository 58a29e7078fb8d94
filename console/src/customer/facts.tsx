import type { OpenConversation } from "@clew/client/agent";
import type { ConversationSnapshot } from "@clew/contract/conversations";
import type { Fact } from "@clew/contract/facts";
import type { FormField } from "@clew/contract/forms";
import { ActionIcon, Button, Text } from "@mantine/core";
import { IconPencil } from "@tabler/icons-react";
import { useState } from "react";
import { useServerNow } from "../clock/use-server-now.ts";
import { useTry } from "../conversation/use-try.ts";
import { useMe } from "../desk.tsx";
import { t } from "../strings/strings.ts";
import classes from "./customer.module.css";
import { FactEditor } from "./fact-editor.tsx";
import { choiceText, labelOf } from "./fact-text.ts";
import { origin } from "./origin.ts";

type Props = { handle: OpenConversation; conversation: ConversationSnapshot; fields: readonly FormField[] };

/** What the customer told, each with where it comes from; questions of the form without an answer stand below. */
export function Facts({ handle, conversation, fields }: Props) {
  const facts = conversation.facts ?? [];
  const missing = fields.filter((field) => !facts.some(({ key }) => key === field.key));
  const current = conversation.session?.number ?? 1;
  if (facts.length === 0 && missing.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {t("fact.none")}
      </Text>
    );
  }
  return (
    <dl className={classes.facts}>
      {facts.map((fact) => (
        <FactLine
          key={fact.key}
          handle={handle}
          name={fact.key}
          fact={fact}
          field={fields.find(({ key }) => key === fact.key)}
          current={current}
          toConfirm={conversation.staff?.toConfirm?.includes(fact.key) === true && fact.sessionNumber < current}
        />
      ))}
      {missing.map((field) => (
        <FactLine key={field.key} handle={handle} name={field.key} fact={null} field={field} current={current} />
      ))}
    </dl>
  );
}

type LineProps = {
  handle: OpenConversation;
  name: string;
  fact: Fact | null;
  field: FormField | undefined;
  current: number;
  /** A flow took it over from an earlier session, for the agent to confirm. */
  toConfirm?: boolean;
};

function FactLine({ handle, name, fact, field, current, toConfirm = false }: LineProps) {
  const [editing, setEditing] = useState(false);
  const [busy, attempt] = useTry();
  const now = useServerNow(60);
  const me = useMe().agent.id;
  const label = labelOf(name, field);
  const blank = fact !== null && (fact.value === null || fact.value === "");
  return (
    <div className={classes.fact}>
      <dt>
        {label}
        {!editing && (
          <ActionIcon
            size="xs"
            className={classes.edit ?? ""}
            aria-label={t("fact.correct", { label })}
            onClick={() => setEditing(true)}
          >
            <IconPencil size={13} />
          </ActionIcon>
        )}
      </dt>
      <dd>
        {editing ? (
          <FactEditor
            handle={handle}
            name={name}
            label={label}
            value={fact?.value ?? null}
            field={field}
            onDone={() => setEditing(false)}
          />
        ) : (
          <span dir="auto" className={fact === null || blank ? classes.quiet : classes.wrap}>
            {fact === null ? t("fact.notAnswered") : choiceText(fact.value, field)}
          </span>
        )}
        {fact && !editing && (
          <small>
            {[origin(fact, current, now, me), toConfirm && t("fact.notConfirmed")].filter(Boolean).join(" · ")}
          </small>
        )}
        {fact && toConfirm && !editing && (
          <Button
            size="compact-xs"
            variant="default"
            mt={4}
            loading={busy}
            aria-label={t("fact.confirmThis", { label })}
            onClick={() => void attempt(() => handle.correctFact(name, fact.value))}
          >
            {t("fact.confirm")}
          </Button>
        )}
      </dd>
    </div>
  );
}
