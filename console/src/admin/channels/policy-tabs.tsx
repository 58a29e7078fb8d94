import { Stack, Switch, TagsInput, Text } from "@mantine/core";
import { DurationInput, OptionalDuration } from "../editing/duration-input.tsx";
import { Notice } from "../page/notice.tsx";
import { Section } from "../page/page.tsx";
import { languageName } from "../strings/languages.ts";
import { type AdminWord, a } from "../strings/words.ts";
import type { ChannelEditing } from "./channel-editing.ts";
import classes from "./channels.module.css";
import { oddTimers, timersInWords } from "./timers-in-words.ts";

const MINUTE = 60_000;

export function TimersTab({ editing: { value, change, error } }: { editing: ChannelEditing }) {
  const { inactivity } = value;
  const changeTimers = (patch: Partial<typeof inactivity>) => change({ inactivity: { ...inactivity, ...patch } });
  const odd = oddTimers(inactivity);
  return (
    <Section title={a("timers.title")} about={a("timers.about")}>
      <OptionalDuration
        switchLabel={a("timers.inactiveSwitch")}
        label={a("timers.inactiveAfter")}
        value={inactivity.inactiveAfter}
        onChange={(inactiveAfter) => changeTimers({ inactiveAfter })}
        error={error("/inactivity/inactiveAfter")}
        first={10 * MINUTE}
      />
      <OptionalDuration
        switchLabel={a("timers.warnSwitch")}
        label={a("timers.warnAfter")}
        value={inactivity.warnAfter}
        onChange={(warnAfter) => changeTimers({ warnAfter })}
        error={error("/inactivity/warnAfter")}
        first={20 * MINUTE}
      />
      {inactivity.warnAfter !== null && (
        <DurationInput
          label={a("timers.endAfterWarning")}
          value={inactivity.endAfterWarning}
          onChange={(endAfterWarning) => changeTimers({ endAfterWarning })}
          error={error("/inactivity/endAfterWarning")}
        />
      )}
      <div className={classes.sentences} role="status" aria-label={a("timers.inWords")}>
        {timersInWords(inactivity).map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
      </div>
      {odd && <Notice tone="warn">{odd}</Notice>}
    </Section>
  );
}

export function OptOutTab({ editing: { value, change, error } }: { editing: ChannelEditing }) {
  const { optOut } = value;
  return (
    <Section title={a("optOut.title")} about={a("optOut.about")}>
      <Switch
        label={a("optOut.on")}
        checked={optOut.on}
        onChange={(event) => change({ optOut: { ...optOut, on: event.currentTarget.checked } })}
      />
      {optOut.on &&
        value.languages.map((language, index) => (
          <TagsInput
            key={language}
            label={a("optOut.keywords", { language: languageName(language) })}
            description={index === 0 ? a("optOut.keywordsAbout") : undefined}
            value={optOut.keywords[language] ?? []}
            onChange={(words) => change({ optOut: { ...optOut, keywords: { ...optOut.keywords, [language]: words } } })}
            error={error(`/optOut/keywords/${language}`) ?? (index === 0 ? error("/optOut/keywords") : undefined)}
            maxTags={20}
          />
        ))}
    </Section>
  );
}

type Feature = "attachments" | "transcript" | "showQueuePlace" | "livePreview";

export function PrivacyTab({ editing }: { editing: ChannelEditing }) {
  return (
    <>
      <Section title={a("privacy.title")}>
        <FeatureSwitch editing={editing} feature="attachments" about="privacy.attachmentsAbout" />
        <FeatureSwitch editing={editing} feature="transcript" about="privacy.transcriptAbout" />
        <FeatureSwitch editing={editing} feature="showQueuePlace" about="privacy.queuePlaceAbout" />
      </Section>
      <Section title={a("privacy.agents")}>
        <FeatureSwitch editing={editing} feature="livePreview" about="privacy.livePreviewAbout" />
      </Section>
    </>
  );
}

function FeatureSwitch({ editing, feature, about }: { editing: ChannelEditing; feature: Feature; about: AdminWord }) {
  return (
    <Switch
      label={a(`setting.${feature}`)}
      description={a(about)}
      checked={editing.value[feature]}
      onChange={(event) => editing.change({ [feature]: event.currentTarget.checked })}
      error={editing.error(`/${feature}`)}
    />
  );
}

export function OriginsTab({ editing: { value, change, error } }: { editing: ChannelEditing }) {
  return (
    <Section title={a("origins.title")} about={a("origins.about")}>
      <Stack gap="sm">
        <TagsInput
          label={a("origins.label")}
          description={a("origins.hint")}
          value={value.origins}
          onChange={(origins) => change({ origins: origins.map(tidyOrigin) })}
          error={error("/origins")}
          maxTags={100}
          type="url"
        />
        {value.origins.length === 0 && (
          <Text fz="sm" c="dimmed">
            {a("origins.any")}
          </Text>
        )}
      </Stack>
    </Section>
  );
}

/** People paste whole addresses; what counts is the site. Anything that is no address stays as typed, to be told so. */
export function tidyOrigin(text: string): string {
  const typed = text.trim();
  const url = URL.parse(/^[\w-]+(\.[\w-]+)+(:\d+)?(\/|$)/.test(typed) ? `https://${typed}` : typed);
  return url !== null && /^https?:$/.test(url.protocol) ? url.origin : typed;
}
