import type { QueueSettings } from "@clew/contract/routing";
import type { ReconnectClocks } from "@clew/contract/sessions";
import { MultiSelect, Select, Switch, TextInput } from "@mantine/core";
import { SkillLevels } from "../agents/skill-levels.tsx";
import { useItems } from "../api/items.ts";
import { ClocksInput } from "../channels/clocks-input.tsx";
import { DurationInput, OptionalDuration } from "../editing/duration-input.tsx";
import type { Editing } from "../editing/use-editing.ts";
import { ChoiceCards } from "../page/choice-cards.tsx";
import { Section } from "../page/page.tsx";
import { SettingsPage } from "../page/settings-page.tsx";
import { a } from "../strings/words.ts";
import { checkQueue } from "./check-queue.ts";
import { OverWaitInput } from "./over-wait-input.tsx";

const blank = (): QueueSettings => ({
  name: "",
  strategy: "most-available",
  offerFor: 30_000,
  autoAccept: false,
  maxWait: null,
  overWait: { next: "leave-message" },
  hoursId: null,
  onClose: "keep",
  members: [],
  skills: [],
});

export function QueuePage({ id }: { id: string }) {
  return (
    <SettingsPage
      noun="Queue"
      id={id}
      place="queues"
      back={a("nav.queues")}
      newTitle={a("queues.new")}
      blank={blank}
      nameOf={(queue) => queue.name}
      check={checkQueue}
    >
      {(editing) => (
        <>
          <Who editing={editing} />
          <Offering editing={editing} />
          <Waiting editing={editing} id={id} />
          <Section title={a("queue.close")} about={a("queue.closeAbout")}>
            <ChoiceCards
              label={a("queue.onClose")}
              value={editing.value.onClose}
              onChange={(onClose) => editing.change({ onClose })}
              error={editing.error("/onClose")}
              choices={[
                { value: "keep", title: a("queue.keep"), about: a("queue.keepAbout") },
                { value: "park", title: a("queue.park"), about: a("queue.parkAbout") },
                { value: "requeue", title: a("queue.requeue"), about: a("queue.requeueAbout") },
              ]}
            />
          </Section>
          <Returning editing={editing} />
        </>
      )}
    </SettingsPage>
  );
}

type Part = { editing: Editing<QueueSettings> };

function Who({ editing: { value, change, error } }: Part) {
  const agents = useItems("Agent");
  const known = (agents.data ?? []).filter((agent) => agent.active || value.members.includes(agent.id));
  return (
    <Section title={a("queue.who")} about={a("queue.whoAbout")}>
      <TextInput
        label={a("queue.name")}
        value={value.name}
        onChange={(event) => change({ name: event.currentTarget.value })}
        error={error("/name")}
        maxLength={80}
        withAsterisk
      />
      <MultiSelect
        label={a("queue.members")}
        placeholder={value.members.length === 0 ? a("queue.membersPlaceholder") : ""}
        value={value.members}
        onChange={(members) => change({ members })}
        error={error("/members")}
        data={known.map((agent) => ({
          value: agent.id,
          label: agent.active ? agent.name : a("agents.inactiveName", { name: agent.name }),
        }))}
        searchable
        hidePickedOptions
      />
      <SkillLevels
        label={a("queue.skills")}
        description={a("queue.skillsAbout")}
        value={value.skills}
        onChange={(skills) => change({ skills })}
        error={error("/skills")}
      />
    </Section>
  );
}

function Offering({ editing: { value, change, error } }: Part) {
  return (
    <Section title={a("queue.offering")} about={a("queue.offeringAbout")}>
      <ChoiceCards
        label={a("queue.strategy")}
        value={value.strategy}
        onChange={(strategy) => change({ strategy })}
        error={error("/strategy")}
        choices={[
          { value: "most-available", title: a("queue.mostAvailable"), about: a("queue.mostAvailableAbout") },
          { value: "least-active", title: a("queue.leastActive"), about: a("queue.leastActiveAbout") },
        ]}
      />
      <Switch
        label={a("queue.autoAccept")}
        description={a("queue.autoAcceptAbout")}
        checked={value.autoAccept}
        onChange={(event) => change({ autoAccept: event.currentTarget.checked })}
      />
      {!value.autoAccept && (
        <DurationInput
          label={a("queue.offerFor")}
          description={a("queue.offerForAbout")}
          value={value.offerFor}
          onChange={(offerFor) => change({ offerFor })}
          error={error("/offerFor")}
          units={["second", "minute"]}
        />
      )}
    </Section>
  );
}

/** What own clocks start with: as those of a channel do. */
const FIRST: ReconnectClocks = {
  sessionWindow: 30 * 60_000,
  sameAgentWindow: 20 * 60_000,
  capacityHold: "full",
  holdFor: 10 * 60_000,
};

function Returning({ editing: { value, change, drop, error } }: Part) {
  const { reconnect } = value;
  const { linkLife = null, ...clocks } = reconnect ?? FIRST;
  return (
    <Section title={a("reconnect.title")} about={a("queue.clocksAbout")}>
      <Switch
        label={a("queue.ownClocks")}
        checked={reconnect !== undefined}
        onChange={(event) => (event.currentTarget.checked ? change({ reconnect: FIRST }) : drop("reconnect"))}
      />
      {reconnect && (
        <>
          <ClocksInput
            clocks={reconnect}
            change={(patch) => change({ reconnect: { ...reconnect, ...patch } })}
            error={error}
          />
          <OptionalDuration
            switchLabel={a("queue.ownLinkLife")}
            label={a("reconnect.linkLife")}
            description={a("reconnect.linkLifeAbout")}
            value={linkLife}
            onChange={(own) => change({ reconnect: own === null ? clocks : { ...clocks, linkLife: own } })}
            error={error("/reconnect/linkLife")}
            units={["minute", "hour", "day"]}
            first={60 * 60_000}
          />
        </>
      )}
    </Section>
  );
}

function Waiting({ editing, id }: Part & { id: string }) {
  const { value, change, error } = editing;
  const hours = useItems("Hours");
  return (
    <Section title={a("queue.waiting")} about={a("queue.waitingAbout")}>
      <Select
        label={a("setting.hours")}
        description={a("queue.hoursAbout")}
        placeholder={a("general.always")}
        value={value.hoursId}
        onChange={(hoursId) => change({ hoursId })}
        error={error("/hoursId")}
        data={(hours.data ?? []).map((item) => ({ value: item.id, label: item.name }))}
        clearable
      />
      <OverWaitInput editing={editing} id={id} />
    </Section>
  );
}
