import { NumberInput, Select, SimpleGrid, Switch, TagsInput, TextInput } from "@mantine/core";
import { useItems } from "../api/items.ts";
import { ChoiceCards } from "../page/choice-cards.tsx";
import { Notice } from "../page/notice.tsx";
import { Section } from "../page/page.tsx";
import { languageName } from "../strings/languages.ts";
import { a } from "../strings/words.ts";
import type { ChannelEditing } from "./channel-editing.ts";

const COMMON_LANGUAGES = ["en", "de", "fr", "es", "it", "pt", "nl", "pl", "ja", "ar"];

export function GeneralTab({ editing }: { editing: ChannelEditing }) {
  const { value, change, error } = editing;
  return (
    <>
      <Section title={a("general.basics")} about={a("general.basicsAbout")}>
        <TextInput
          label={a("setting.name")}
          value={value.name}
          onChange={(event) => change({ name: event.currentTarget.value })}
          error={error("/name")}
          maxLength={80}
          withAsterisk
          data-autofocus={editing.isNew || undefined}
        />
        <TagsInput
          label={a("setting.languages")}
          description={a("general.languagesAbout")}
          value={value.languages}
          onChange={(languages) => change({ languages })}
          error={error("/languages")}
          data={COMMON_LANGUAGES}
          renderOption={({ option }) => `${languageName(option.value)} (${option.value})`}
          maxTags={50}
        />
      </Section>
      <Section title={a("general.kind")} about={a("general.kindAbout")}>
        <ChoiceCards
          label={a("setting.kind")}
          value={value.kind}
          onChange={(kind) => change({ kind })}
          error={error("/kind")}
          choices={[
            { value: "asynchronous", title: a("kind.asynchronous"), about: a("kind.asynchronousAbout") },
            { value: "session-based", title: a("kind.sessionBased"), about: a("kind.sessionBasedAbout") },
          ]}
        />
      </Section>
      <Routing editing={editing} />
      <Opening editing={editing} />
      <Section title={a("general.ending")} about={a("general.endingAbout")}>
        <Switch
          label={a("general.customerMayEnd")}
          description={a("general.customerMayEndAbout")}
          checked={value.customerMayEnd}
          onChange={(event) => change({ customerMayEnd: event.currentTarget.checked })}
        />
      </Section>
    </>
  );
}

function Routing({ editing: { value, change, error } }: { editing: ChannelEditing }) {
  const queues = useItems("Queue");
  return (
    <Section title={a("general.routing")} about={a("general.routingAbout")}>
      <Select
        label={a("setting.queue")}
        placeholder={a("channels.noQueue")}
        value={value.queueId}
        onChange={(queueId) => change({ queueId })}
        error={error("/queueId")}
        data={(queues.data ?? []).map((queue) => ({ value: queue.id, label: queue.name }))}
        searchable
        clearable
      />
      {value.queueId === null && <Notice tone="warn">{a("general.noQueue")}</Notice>}
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        {(["weight", "priority"] as const).map((part) => (
          <NumberInput
            key={part}
            label={a(`setting.${part}`)}
            description={a(`general.${part}About`)}
            value={value[part]}
            onChange={(next) => change({ [part]: typeof next === "number" ? next : 0 })}
            error={error(`/${part}`)}
            min={0}
            max={100}
            allowDecimal={false}
            inputWrapperOrder={["label", "input", "error", "description"]}
          />
        ))}
      </SimpleGrid>
    </Section>
  );
}

function Opening({ editing: { value, change, error } }: { editing: ChannelEditing }) {
  const hours = useItems("Hours");
  const queues = useItems("Queue");
  // The hours of the queue count as well.
  const closes = value.hoursId ?? queues.data?.find((queue) => queue.id === value.queueId)?.hoursId ?? null;
  return (
    <Section title={a("general.opening")} about={a("general.openingAbout")}>
      <Select
        label={a("setting.hours")}
        placeholder={a("general.always")}
        value={value.hoursId}
        onChange={(hoursId) => change({ hoursId })}
        error={error("/hoursId")}
        data={(hours.data ?? []).map((item) => ({ value: item.id, label: item.name }))}
        clearable
      />
      {closes !== null && (
        <ChoiceCards
          label={a("setting.outOfHours")}
          value={value.outOfHours}
          onChange={(outOfHours) => change({ outOfHours })}
          error={error("/outOfHours")}
          choices={[
            { value: "leave-message", title: a("outOfHours.leaveMessage"), about: a("outOfHours.leaveMessageAbout") },
            { value: "queue", title: a("outOfHours.queue"), about: a("outOfHours.queueAbout") },
            { value: "refuse", title: a("outOfHours.refuse"), about: a("outOfHours.refuseAbout") },
          ]}
        />
      )}
    </Section>
  );
}
