import type { Channel, ChannelSettings } from "@clew/contract/channels";
import { Tabs, VisuallyHidden } from "@mantine/core";
import { IconPointFilled } from "@tabler/icons-react";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { useItems, useItemVerbs } from "../api/items.ts";
import { DeleteButton } from "../editing/delete-button.tsx";
import { LanguageSwitch } from "../editing/localized-input.tsx";
import { SaveBar } from "../editing/save-bar.tsx";
import { useEditing } from "../editing/use-editing.ts";
import { missingTexts } from "../forms/check-form.ts";
import { FormBuilder } from "../forms/form-builder.tsx";
import { useGo } from "../page/admin-link.tsx";
import { NoSuchPage } from "../page/no-such-page.tsx";
import { Page, Read } from "../page/page.tsx";
import { type AdminWord, a } from "../strings/words.ts";
import { ChannelBadges } from "./channel-list.tsx";
import classes from "./channels.module.css";
import { checkChannel } from "./check-channel.ts";
import { Deployments } from "./deployments.tsx";
import { Embedding } from "./embedding.tsx";
import { GeneralTab } from "./general-tab.tsx";
import { IdentityTab } from "./identity-tab.tsx";
import { LookTab, missingLookTexts } from "./look-tab.tsx";
import { newChannel } from "./new-channel.ts";
import { OptOutTab, OriginsTab, PrivacyTab, TimersTab } from "./policy-tabs.tsx";
import { PublishButton } from "./publish-button.tsx";
import { ReconnectTab } from "./reconnect-tab.tsx";
import { ResetTab } from "./reset-tab.tsx";
import { settingName } from "./setting-names.ts";

const TABS = [
  "general",
  "look",
  "preChat",
  "survey",
  "timers",
  "reconnect",
  "reset",
  "optOut",
  "identity",
  "privacy",
  "origins",
] as const;
const STORED_TABS = ["deployments", "embedding"] as const;
type Tab = (typeof TABS)[number] | (typeof STORED_TABS)[number];

/** Where the settings of a tab stand, so that a tab with a mistake can be marked. */
const POINTERS: Record<Tab, string[]> = {
  general: [
    "/name",
    "/kind",
    "/queueId",
    "/weight",
    "/priority",
    "/hoursId",
    "/outOfHours",
    "/customerMayEnd",
    "/languages",
  ],
  look: ["/look"],
  preChat: ["/preChat"],
  survey: ["/survey"],
  timers: ["/inactivity"],
  reconnect: ["/reconnect"],
  reset: ["/onAgentEnd", "/afterReset", "/onSignOut", "/idleLock"],
  optOut: ["/optOut"],
  identity: ["/verification"],
  privacy: ["/attachments", "/transcript", "/showQueuePlace", "/livePreview"],
  origins: ["/origins"],
  deployments: [],
  embedding: [],
};

/** One channel: its draft in tabs, its deployments and its script. `id` is "new" for one that is not made yet. */
export function ChannelPage({ id, tab }: { id: string; tab: string | undefined }) {
  const channels = useItems("Channel");
  const queues = useItems("Queue");
  return (
    <Read query={channels}>
      {(items) => {
        const channel = items.find((item) => item.id === id);
        if (channel === undefined && id !== "new") return <NoSuchPage />;
        if (channel === undefined && queues.isPending) return <Read query={queues}>{() => null}</Read>;
        return <ChannelForm key={id} channel={channel ?? null} firstQueue={queues.data?.[0]?.id ?? null} tab={tab} />;
      }}
    </Read>
  );
}

type ChannelFormProps = { channel: Channel | null; firstQueue: string | null; tab: string | undefined };

function ChannelForm({ channel, firstQueue, tab }: ChannelFormProps) {
  const go = useGo();
  const verbs = useItemVerbs("Channel");
  const [blank] = useState(() => newChannel(firstQueue));
  const versionOf = ({ draft, revision }: Channel) => ({ settings: draft, revision });
  const made = useRef<string | null>(null);
  const editing = useEditing<ChannelSettings>({
    stored: channel === null ? { settings: blank, revision: null } : versionOf(channel),
    check: checkChannel,
    store: async (settings, revision) => {
      const stored =
        channel === null || revision === null
          ? await verbs.create(settings)
          : await verbs.save(channel.id, settings, revision);
      made.current = stored.id;
      return versionOf(stored);
    },
    latest: async () => {
      const latest = channel === null ? undefined : await verbs.read(channel.id);
      return latest && versionOf(latest);
    },
  });
  const [language, setLanguage] = useState(editing.value.languages[0] ?? "en");
  const written = editing.value.languages.includes(language) ? language : (editing.value.languages[0] ?? "en");
  const shown = [...TABS, ...(channel === null ? [] : STORED_TABS)];
  const chosen = shown.find((name) => name === tab) ?? "general";
  const base = `channels/${channel?.id ?? "new"}`;
  const tabs = useRef<HTMLDivElement>(null);
  // There are more tabs than fit: who comes by a link to one of the last sees it chosen all the same.
  // biome-ignore lint/correctness/useExhaustiveDependencies: it runs when another tab is chosen
  useEffect(() => {
    // Braces on purpose: browsers answer scrolling with a promise, which would be taken for this effect's way to end.
    tabs.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  }, [chosen]);
  const languages = (missing: (language: string) => number) => (
    <LanguageSwitch languages={editing.value.languages} value={written} onChange={setLanguage} missing={missing} />
  );
  const panels: Partial<Record<Tab, () => ReactNode>> = {
    general: () => <GeneralTab editing={editing} />,
    look: () => (
      <LookTab
        editing={editing}
        language={written}
        languages={languages((tag) => missingLookTexts(editing.value.look, tag))}
      />
    ),
    preChat: () => (
      <FormBuilder
        part="preChat"
        editing={editing}
        language={written}
        languages={languages((tag) => missingTexts(editing.value.preChat, tag))}
      />
    ),
    survey: () => (
      <FormBuilder
        part="survey"
        editing={editing}
        language={written}
        languages={languages((tag) => missingTexts({ fields: [], ...editing.value.survey }, tag))}
      />
    ),
    timers: () => <TimersTab editing={editing} />,
    reconnect: () => <ReconnectTab editing={editing} />,
    reset: () => <ResetTab editing={editing} />,
    optOut: () => <OptOutTab editing={editing} />,
    identity: () => <IdentityTab editing={editing} />,
    privacy: () => <PrivacyTab editing={editing} />,
    origins: () => <OriginsTab editing={editing} />,
    deployments: () => channel && <Deployments channel={channel} />,
    embedding: () => channel && <Embedding channel={channel} draft={editing.value} />,
  };
  return (
    <Page
      wide
      title={channel === null ? a("channels.new") : channel.draft.name}
      back={{ to: "channels", label: a("nav.channels") }}
      actions={
        channel && (
          <>
            <ChannelBadges channel={channel} />
            <PublishButton channel={channel} blocked={editing.dirty} />
          </>
        )
      }
    >
      <Tabs value={chosen} onChange={(next) => next && go(`${base}/${next}`, { replace: true })} keepMounted={false}>
        <Tabs.List ref={tabs} aria-label={a("channel.tabs")} className={classes.tabs}>
          {shown.map((name) => (
            <Tabs.Tab
              key={name}
              value={name}
              rightSection={POINTERS[name].some((pointer) => editing.error(pointer)) && <ErrorMark />}
            >
              {a(`channel.tab.${name}` as AdminWord)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {shown.map((name) => (
          <Tabs.Panel key={name} value={name} pt="lg" className={classes.panel}>
            {panels[name]?.()}
          </Tabs.Panel>
        ))}
      </Tabs>
      {channel && chosen === "general" && (
        <div>
          <DeleteButton
            what={channel.draft.name}
            about={a("channel.deleteAbout")}
            remove={() => verbs.remove(channel.id)}
            onRemoved={() => go("channels")}
          />
        </div>
      )}
      <SaveBar
        editing={editing}
        within={base}
        saveLabel={channel === null ? a("channel.create") : a("channel.save")}
        savedMessage={channel === null ? a("channel.created") : a("channel.saved")}
        nameOf={settingName}
        onSaved={() => channel === null && made.current && go(`channels/${made.current}/look`, { replace: true })}
      />
    </Page>
  );
}

function ErrorMark() {
  return (
    <span className={classes.errorMark}>
      <IconPointFilled size={14} aria-hidden />
      <VisuallyHidden>{a("channel.hasErrors")}</VisuallyHidden>
    </span>
  );
}
