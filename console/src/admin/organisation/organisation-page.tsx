import type { OrganisationSettings } from "@clew/contract/agents";
import { ActionIcon, Button, Group, Select, Stack, TagsInput, TextInput } from "@mantine/core";
import { IconPlus, IconX } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useAsk } from "../api/admin-api.tsx";
import { useOrganisation } from "../api/items.ts";
import type { FieldErrors } from "../editing/pointer.ts";
import { SaveBar } from "../editing/save-bar.tsx";
import { type Editing, useEditing } from "../editing/use-editing.ts";
import { Page, Read, Section } from "../page/page.tsx";
import { a } from "../strings/words.ts";

function checkOrganisation(settings: OrganisationSettings): FieldErrors {
  const errors: FieldErrors = {};
  if (settings.name.trim() === "") errors["/name"] = a("check.required");
  for (const [index, reason] of settings.presenceReasons.entries()) {
    if (reason.name.trim() === "") errors[`/presenceReasons/${index}/name`] = a("check.required");
  }
  return errors;
}

export function OrganisationPage() {
  const query = useOrganisation();
  return (
    <Page title={a("nav.organisation")} about={a("organisation.about")}>
      <Read query={query}>{(settings) => <OrganisationForm settings={settings} />}</Read>
    </Page>
  );
}

function OrganisationForm({ settings }: { settings: OrganisationSettings }) {
  const ask = useAsk();
  const queries = useQueryClient();
  // There is one organisation and no revision of it: the last one to save wins, and the audit tells.
  const editing = useEditing<OrganisationSettings>({
    stored: { settings, revision: 0 },
    check: checkOrganisation,
    store: async (next) => {
      const saved = await ask<OrganisationSettings>("saveOrganisation", { body: next });
      queries.setQueryData(["admin", "organisation"], saved);
      return { settings: saved, revision: 0 };
    },
    latest: async () => ({ settings: await ask<OrganisationSettings>("readOrganisation"), revision: 0 }),
  });
  const { value, change, error } = editing;
  return (
    <>
      <div>
        <Section title={a("general.basics")}>
          <TextInput
            label={a("organisation.name")}
            description={a("organisation.nameAbout")}
            value={value.name}
            onChange={(event) => change({ name: event.currentTarget.value })}
            error={error("/name")}
            maxLength={80}
            withAsterisk
          />
        </Section>
        <Section title={a("organisation.presence")} about={a("organisation.presenceAbout")}>
          <PresenceReasons editing={editing} />
        </Section>
        <Section title={a("organisation.decline")} about={a("organisation.declineAbout")}>
          <TagsInput
            label={a("organisation.declineLabel")}
            description={a("organisation.declineHint")}
            value={value.declineReasons}
            onChange={(declineReasons) => change({ declineReasons })}
            error={error("/declineReasons")}
            maxTags={30}
          />
        </Section>
      </div>
      <SaveBar editing={editing} within="organisation" savedMessage={a("save.saved")} />
    </>
  );
}

function PresenceReasons({ editing: { value, change, error } }: { editing: Editing<OrganisationSettings> }) {
  const reasons = value.presenceReasons;
  const put = (index: number, part: Partial<(typeof reasons)[number]>) =>
    change({ presenceReasons: reasons.map((reason, at) => (at === index ? { ...reason, ...part } : reason)) });
  return (
    <Stack gap="xs">
      {reasons.map((reason, index) => {
        const place = index + 1;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: names are edited; the place is what stays
          <Group key={index} gap="xs" wrap="nowrap" align="start">
            <TextInput
              aria-label={a("organisation.reasonName", { place })}
              value={reason.name}
              onChange={(event) => put(index, { name: event.currentTarget.value })}
              error={error(`/presenceReasons/${index}/name`)}
              maxLength={60}
              style={{ flex: 1 }}
            />
            <Select
              aria-label={a("organisation.reasonStatus", { place })}
              value={reason.status}
              allowDeselect={false}
              onChange={(status) => status && put(index, { status: status as "busy" | "away" })}
              data={[
                { value: "away", label: a("organisation.away") },
                { value: "busy", label: a("organisation.busy") },
              ]}
              w="8rem"
            />
            <ActionIcon
              size="lg"
              aria-label={a("organisation.removeReason", { name: reason.name || String(place) })}
              onClick={() => change({ presenceReasons: reasons.filter((_, at) => at !== index) })}
            >
              <IconX size={16} />
            </ActionIcon>
          </Group>
        );
      })}
      <div>
        <Button
          variant="default"
          leftSection={<IconPlus size={16} />}
          disabled={reasons.length >= 50}
          onClick={() => change({ presenceReasons: [...reasons, { status: "away", name: "" }] })}
        >
          {a("organisation.addReason")}
        </Button>
      </div>
    </Stack>
  );
}
