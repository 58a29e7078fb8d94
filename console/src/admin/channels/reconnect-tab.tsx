import { EXPIRED_HISTORY_MS } from "@clew/contract/limits";
import type { ReconnectTerms } from "@clew/contract/sessions";
import { Switch, Text, TextInput } from "@mantine/core";
import { DurationInput } from "../editing/duration-input.tsx";
import { ChoiceCards } from "../page/choice-cards.tsx";
import { Notice } from "../page/notice.tsx";
import { Section } from "../page/page.tsx";
import type { DurationUnit } from "../strings/duration.ts";
import { a } from "../strings/words.ts";
import type { ChannelEditing } from "./channel-editing.ts";
import classes from "./channels.module.css";
import { ClocksInput } from "./clocks-input.tsx";
import { oddReconnect, reconnectInWords } from "./reconnect-in-words.ts";

const MINUTE = 60_000;
const UNITS: DurationUnit[] = ["minute", "hour", "day"];

/** What coming back starts with when it is switched on: a lunch break's worth, with the agent kept for a while. */
const FIRST: ReconnectTerms = {
  sessionWindow: 30 * MINUTE,
  sameAgentWindow: 20 * MINUTE,
  capacityHold: "full",
  holdFor: 10 * MINUTE,
  linkLife: 60 * MINUTE,
  whenAgentUnavailable: "team",
  portalUrl: null,
  redirectUrl: null,
};

type Terms = { editing: ChannelEditing; terms: ReconnectTerms };

/** How a channel keeps a chat for customers who drop out. */
export function ReconnectTab({ editing }: { editing: ChannelEditing }) {
  const { reconnect } = editing.value;
  const odd = reconnect ? oddReconnect(reconnect) : null;
  return (
    <>
      <Section title={a("reconnect.title")} about={a("reconnect.about")}>
        <Switch
          label={a("reconnect.on")}
          checked={reconnect !== undefined}
          onChange={(event) =>
            event.currentTarget.checked ? editing.change({ reconnect: FIRST }) : editing.drop("reconnect")
          }
        />
        {reconnect ? (
          <div className={classes.sentences} role="status" aria-label={a("reconnect.inWords")}>
            {reconnectInWords(reconnect).map((sentence) => (
              <p key={sentence}>{sentence}</p>
            ))}
          </div>
        ) : (
          <Text fz="sm" c="dimmed">
            {a("reconnect.off")}
          </Text>
        )}
        {odd && <Notice tone="warn">{odd}</Notice>}
      </Section>
      {reconnect && <Clocks editing={editing} terms={reconnect} />}
      {reconnect && <Unavailable editing={editing} terms={reconnect} />}
      {reconnect && <Places editing={editing} terms={reconnect} />}
    </>
  );
}

function Clocks({ editing: { change, error }, terms }: Terms) {
  const changeTerms = (patch: Partial<ReconnectTerms>) => change({ reconnect: { ...terms, ...patch } });
  return (
    <Section title={a("reconnect.clocks")} about={a("reconnect.clocksAbout")}>
      <ClocksInput clocks={terms} change={changeTerms} error={error} />
      <DurationInput
        label={a("reconnect.linkLife")}
        description={a("reconnect.linkLifeAbout")}
        value={terms.linkLife}
        onChange={(linkLife) => changeTerms({ linkLife })}
        error={error("/reconnect/linkLife")}
        units={UNITS}
      />
    </Section>
  );
}

function Unavailable({ editing: { change, error }, terms }: Terms) {
  return (
    <Section title={a("reconnect.unavailable")} about={a("reconnect.unavailableAbout")}>
      <ChoiceCards
        label={a("setting.whenAgentUnavailable")}
        value={terms.whenAgentUnavailable}
        onChange={(whenAgentUnavailable) => change({ reconnect: { ...terms, whenAgentUnavailable } })}
        error={error("/reconnect/whenAgentUnavailable")}
        choices={(["wait", "hold", "team", "any"] as const).map((value) => ({
          value,
          title: a(`reconnect.${value}`),
          about: a(`reconnect.${value}About`),
        }))}
      />
    </Section>
  );
}

function Places({ editing: { change, error }, terms }: Terms) {
  const place = (part: "portalUrl" | "redirectUrl", name: "portal" | "redirect") => (
    <TextInput
      label={a(`reconnect.${name}`)}
      description={a(`reconnect.${name}About`)}
      type="url"
      value={terms[part] ?? ""}
      onChange={(event) => change({ reconnect: { ...terms, [part]: event.currentTarget.value.trim() || null } })}
      error={error(`/reconnect/${part}`)}
    />
  );
  return (
    <Section title={a("reconnect.places")}>
      {place("portalUrl", "portal")}
      {place("redirectUrl", "redirect")}
      {terms.redirectUrl === null && (
        <DurationInput
          label={a("reconnect.expiredHistory")}
          description={a("reconnect.expiredHistoryAbout")}
          value={terms.expiredHistory ?? EXPIRED_HISTORY_MS}
          onChange={(expiredHistory) => change({ reconnect: { ...terms, expiredHistory } })}
          error={error("/reconnect/expiredHistory")}
          units={UNITS}
          min={0}
        />
      )}
    </Section>
  );
}
