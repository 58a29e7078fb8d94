import type { HoursSettings } from "@clew/contract/hours";
import { Select, TextInput } from "@mantine/core";
import { Section } from "../page/page.tsx";
import { SettingsPage } from "../page/settings-page.tsx";
import { a } from "../strings/words.ts";
import { checkHours } from "./check-hours.ts";
import { ExceptionsEditor } from "./exceptions-editor.tsx";
import { WeekEditor } from "./week-editor.tsx";

const OFFICE = [{ from: 540, to: 1020 }];

function blank(): HoursSettings {
  const week = Array.from({ length: 7 }, (_, day) => (day < 5 ? [...OFFICE] : []));
  return { name: "", timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC", week, exceptions: [] };
}

/** Every zone the browser knows; a stored one that it does not know stays choosable. */
function zones(stored: string): string[] {
  const known = Intl.supportedValuesOf("timeZone");
  return [...new Set([stored, "UTC", ...known])];
}

export function HoursPage({ id }: { id: string }) {
  return (
    <SettingsPage
      noun="Hours"
      id={id}
      place="hours"
      back={a("nav.hours")}
      newTitle={a("hours.new")}
      blank={blank}
      nameOf={(hours) => hours.name}
      check={checkHours}
    >
      {(editing) => {
        const { value, change, error } = editing;
        return (
          <>
            <Section title={a("general.basics")}>
              <TextInput
                label={a("queue.name")}
                value={value.name}
                onChange={(event) => change({ name: event.currentTarget.value })}
                error={error("/name")}
                maxLength={80}
                withAsterisk
              />
              <Select
                label={a("hours.timeZone")}
                description={a("hours.timeZoneAbout")}
                value={value.timeZone}
                onChange={(timeZone) => timeZone && change({ timeZone })}
                error={error("/timeZone")}
                data={zones(value.timeZone)}
                searchable
                allowDeselect={false}
                maxDropdownHeight={280}
                limit={100}
              />
            </Section>
            <Section title={a("hours.week")} about={a("hours.weekAbout")}>
              <WeekEditor week={value.week} onChange={(week) => change({ week })} errors={editing.errors} />
            </Section>
            <Section title={a("hours.exceptions")} about={a("hours.exceptionsAbout")}>
              <ExceptionsEditor
                exceptions={value.exceptions}
                onChange={(exceptions) => change({ exceptions })}
                errors={editing.errors}
              />
            </Section>
          </>
        );
      }}
    </SettingsPage>
  );
}
