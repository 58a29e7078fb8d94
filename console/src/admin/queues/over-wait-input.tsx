import type { OverWait, QueueSettings } from "@clew/contract/routing";
import { Select, Stack } from "@mantine/core";
import { useState } from "react";
import { useItems } from "../api/items.ts";
import { OptionalDuration } from "../editing/duration-input.tsx";
import { LanguageSwitch, LocalizedInput } from "../editing/localized-input.tsx";
import type { Editing } from "../editing/use-editing.ts";
import { ChoiceCards } from "../page/choice-cards.tsx";
import { a } from "../strings/words.ts";

/** How long a session may wait, and what happens then. `id` is the queue's own, which cannot come next. */
export function OverWaitInput({
  editing: { value, change, error },
  id,
}: {
  editing: Editing<QueueSettings>;
  id: string;
}) {
  const queues = useItems("Queue");
  const { overWait } = value;
  const others = (queues.data ?? []).filter((queue) => queue.id !== id);
  const choose = (next: OverWait["next"]) => {
    if (next === "message") change({ overWait: { next, text: {} } });
    else if (next === "queue") change({ overWait: { next, queueId: others[0]?.id ?? "" } });
    else change({ overWait: { next } });
  };
  return (
    <Stack gap="md">
      <OptionalDuration
        switchLabel={a("queue.maxWaitSwitch")}
        label={a("queue.maxWait")}
        value={value.maxWait}
        onChange={(maxWait) => change({ maxWait })}
        error={error("/maxWait")}
        first={300_000}
      />
      {value.maxWait !== null && (
        <ChoiceCards
          label={a("queue.then")}
          value={overWait.next}
          onChange={choose}
          error={error("/overWait/next")}
          choices={(["message", "queue", "leave-message", "end"] as const).map((next) => ({
            value: next,
            title: a(`overWait.${next}`),
            about: a(`overWait.${next}.about`),
          }))}
        />
      )}
      {value.maxWait !== null && overWait.next === "message" && (
        <Message
          text={overWait.text}
          onChange={(text) => change({ overWait: { next: "message", text } })}
          error={error("/overWait/text")}
        />
      )}
      {value.maxWait !== null && overWait.next === "queue" && (
        <Select
          label={a("queue.nextQueue")}
          value={overWait.queueId || null}
          onChange={(queueId) => change({ overWait: { next: "queue", queueId: queueId ?? "" } })}
          error={error("/overWait/queueId")}
          data={others.map((queue) => ({ value: queue.id, label: queue.name }))}
          searchable
        />
      )}
    </Stack>
  );
}

type MessageProps = {
  text: Record<string, string>;
  onChange(text: Record<string, string>): void;
  error: string | undefined;
};

/** Written in the languages of the channels, since a queue has none of its own. */
function Message({ text, onChange, error }: MessageProps) {
  const channels = useItems("Channel");
  const languages = [
    ...new Set([...(channels.data ?? []).flatMap((channel) => channel.draft.languages), ...Object.keys(text)]),
  ];
  const [chosen, setChosen] = useState<string | null>(null);
  const language = chosen ?? languages[0] ?? "en";
  return (
    <Stack gap="xs">
      <LanguageSwitch
        languages={languages}
        value={language}
        onChange={setChosen}
        missing={(tag) => (text[tag] ? 0 : 1)}
      />
      <LocalizedInput
        label={a("queue.message")}
        description={a("queue.messageAbout")}
        multiline
        required
        language={language}
        value={text}
        onChange={(next) => onChange(next ?? {})}
        error={error}
      />
    </Stack>
  );
}
