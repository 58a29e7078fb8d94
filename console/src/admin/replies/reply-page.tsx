import type { QuickReplySettings } from "@clew/contract/agents";
import { Button, Group, MultiSelect, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { useRef } from "react";
import { useItems } from "../api/items.ts";
import type { FieldErrors } from "../editing/pointer.ts";
import type { Editing } from "../editing/use-editing.ts";
import { Section } from "../page/page.tsx";
import { SettingsPage } from "../page/settings-page.tsx";
import { localized } from "../strings/languages.ts";
import { a } from "../strings/words.ts";
import classes from "./replies.module.css";
import { replyPieces, shortcutFromTitle, unknownVariables } from "./reply-text.ts";

export function checkReply(reply: QuickReplySettings): FieldErrors {
  const errors: FieldErrors = {};
  if (reply.title.trim() === "") errors["/title"] = a("check.required");
  if (reply.text.trim() === "") errors["/text"] = a("check.required");
  const [unknown] = unknownVariables(reply.text);
  if (unknown !== undefined) errors["/text"] = a("reply.unknownVariable", { name: unknown });
  if (!/^[a-z0-9][a-z0-9-]{0,39}$/.test(reply.shortcut)) errors["/shortcut"] = a("reply.badShortcut");
  return errors;
}

export function ReplyPage({ id }: { id: string }) {
  const queues = useItems("Queue");
  return (
    <SettingsPage
      noun="QuickReply"
      id={id}
      place="replies"
      back={a("nav.replies")}
      newTitle={a("replies.new")}
      blank={() => ({ shortcut: "", title: "", text: "", queueIds: [] })}
      nameOf={(reply) => reply.title}
      check={checkReply}
    >
      {(editing) => {
        const { value, change, error, isNew } = editing;
        return (
          <>
            <Section title={a("reply.what")} about={a("reply.whatAbout")}>
              <TextInput
                label={a("reply.title")}
                value={value.title}
                onChange={(event) => {
                  const title = event.currentTarget.value;
                  const follows = isNew && value.shortcut === shortcutFromTitle(value.title);
                  change(follows ? { title, shortcut: shortcutFromTitle(title) } : { title });
                }}
                error={error("/title")}
                maxLength={80}
                withAsterisk
              />
              <TextInput
                label={a("reply.shortcut")}
                description={a("reply.shortcutAbout")}
                leftSection="/"
                value={value.shortcut}
                onChange={(event) => change({ shortcut: event.currentTarget.value.toLowerCase() })}
                error={error("/shortcut")}
                maxLength={40}
                withAsterisk
              />
              <ReplyText editing={editing} />
            </Section>
            <Section title={a("reply.where")} about={a("reply.whereAbout")}>
              <MultiSelect
                label={a("nav.queues")}
                placeholder={value.queueIds.length === 0 ? a("reply.allQueues") : ""}
                value={value.queueIds}
                onChange={(queueIds) => change({ queueIds })}
                error={error("/queueIds")}
                data={(queues.data ?? []).map((queue) => ({ value: queue.id, label: queue.name }))}
                searchable
              />
            </Section>
          </>
        );
      }}
    </SettingsPage>
  );
}

function ReplyText({ editing: { value, change, error } }: { editing: Editing<QuickReplySettings> }) {
  const channels = useItems("Channel");
  const box = useRef<HTMLTextAreaElement>(null);
  const questions = new Map(
    (channels.data ?? []).flatMap(({ draft }) =>
      draft.preChat.fields.map((field) => [field.key, localized(field.label, "en") || field.key] as const),
    ),
  );
  const variables = [
    { name: "customer.name", label: a("reply.customerName") },
    { name: "agent.name", label: a("reply.agentName") },
    ...[...questions].slice(0, 12).map(([key, label]) => ({ name: `fact.${key}`, label })),
  ];
  const insert = (name: string) => {
    const at = box.current?.selectionStart ?? value.text.length;
    const end = box.current?.selectionEnd ?? at;
    const inserted = `{{${name}}}`;
    change({ text: value.text.slice(0, at) + inserted + value.text.slice(end) });
    requestAnimationFrame(() => {
      box.current?.focus();
      box.current?.setSelectionRange(at + inserted.length, at + inserted.length);
    });
  };
  const examples = { "customer.name": a("reply.exampleCustomer"), "agent.name": a("reply.exampleAgent") };
  return (
    <Stack gap="xs">
      <Textarea
        ref={box}
        label={a("reply.text")}
        value={value.text}
        onChange={(event) => change({ text: event.currentTarget.value })}
        error={error("/text")}
        autosize
        minRows={4}
        maxRows={14}
        maxLength={4000}
        withAsterisk
      />
      <Group gap={6} role="group" aria-label={a("reply.variables")}>
        <Text fz="xs" c="dimmed">
          {a("reply.variables")}
        </Text>
        {variables.map(({ name, label }) => (
          <Button key={name} size="compact-xs" variant="default" radius="xl" onClick={() => insert(name)}>
            {label}
          </Button>
        ))}
      </Group>
      {value.text !== "" && (
        <section className={classes.preview} aria-label={a("reply.preview")}>
          {replyPieces(value.text, examples).map((piece, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one text have no other name
            <span key={index} className={piece.variable ? classes.variable : ""}>
              {piece.text}
            </span>
          ))}
        </section>
      )}
    </Stack>
  );
}
