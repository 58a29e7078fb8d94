import type { RecordObject, RecordObjectSettings } from "@clew/contract/flows/records";
import { isConversationObject } from "@clew/contract/flows/words";
import { Group, Select, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";
import { useAsk } from "../api/admin-api.tsx";
import type { FieldErrors } from "../editing/pointer.ts";
import { SaveBar } from "../editing/save-bar.tsx";
import { useEditing } from "../editing/use-editing.ts";
import { useGo } from "../page/admin-link.tsx";
import { NoSuchPage } from "../page/no-such-page.tsx";
import { Page, Read, Section } from "../page/page.tsx";
import { a } from "../strings/words.ts";
import { FieldRows } from "./field-rows.tsx";
import { useRecordObjects } from "./object-queries.ts";

type Edited = RecordObjectSettings & { name: string };
const BLANK: Edited = { name: "", label: "", plural: "", fields: [] };
const FLOWS = ["write", "read", "none"] as const;

/** What is wrong with an object type, by pointer. */
export function checkObject({ name, label, plural, fields }: Edited): FieldErrors {
  const errors: FieldErrors = {};
  if (!/^[A-Z][A-Za-z0-9_]{0,49}$/.test(name)) errors["/name"] = a("object.badName");
  if (label.trim() === "") errors["/label"] = a("check.required");
  if (plural.trim() === "") errors["/plural"] = a("check.required");
  for (const [index, { key }] of fields.entries()) {
    if (!/^[a-z][A-Za-z0-9_]{0,49}$/.test(key)) errors[`/fields/${index}/key`] = a("object.badKey");
    else if (fields.findIndex((field) => field.key === key) < index) errors[`/fields/${index}/key`] = a("object.twice");
  }
  return errors;
}

/** Without what was left blank. */
function tidy({ label, ...field }: RecordObjectSettings["fields"][number]) {
  return label === undefined || label === "" ? field : { ...field, label };
}

export function ObjectPage({ name }: { name: string }) {
  const objects = useRecordObjects();
  return (
    <Read query={objects}>
      {(all) => {
        const stored = all.find((object) => object.name === name) ?? null;
        return stored || name === "new" ? <ObjectForm stored={stored} all={all} /> : <NoSuchPage />;
      }}
    </Read>
  );
}

function ObjectForm({ stored, all }: { stored: RecordObject | null; all: readonly RecordObject[] }) {
  const ask = useAsk();
  const go = useGo();
  const queries = useQueryClient();
  const made = useRef<string | null>(null);
  // A built-in object that nobody has changed yet is there, though the store has no revision of it.
  const versionOf = ({ name, settings, revision }: RecordObject) => ({ settings: { name, ...settings }, revision });
  const editing = useEditing<Edited>({
    stored: stored ? versionOf(stored) : { settings: BLANK, revision: null },
    check: checkObject,
    store: async ({ name, ...settings }, revision) => {
      const saved = await ask<RecordObject>("saveRecordObject", {
        params: { name },
        body: { settings: { ...settings, fields: settings.fields.map(tidy) }, revision: revision ?? 0 },
      });
      made.current = name;
      await queries.invalidateQueries({ queryKey: ["admin"] });
      return versionOf(saved);
    },
    latest: async () => {
      const { items } = await ask<{ items: RecordObject[] }>("listRecordObjects");
      const found = items.find(({ name }) => name === stored?.name);
      return found && versionOf(found);
    },
  });
  const { value, change, error } = editing;
  const texts = value.fields.map(({ key, label }) => ({ value: key, label: typeof label === "string" ? label : key }));
  return (
    <Page
      title={stored ? stored.settings.plural : a("records.new")}
      back={{ to: "records", label: a("nav.records") }}
      wide
    >
      <div>
        <Section title={a("object.what")} about={a("object.whatAbout")}>
          <TextInput
            label={a("object.name")}
            description={stored ? undefined : a("object.nameHint")}
            disabled={stored !== null}
            value={value.name}
            error={error("/name")}
            onChange={(event) => change({ name: event.currentTarget.value })}
          />
          <Group grow align="start">
            <TextInput
              label={a("object.label")}
              value={value.label}
              error={error("/label")}
              onChange={(event) => change({ label: event.currentTarget.value })}
            />
            <TextInput
              label={a("object.plural")}
              value={value.plural}
              error={error("/plural")}
              onChange={(event) => change({ plural: event.currentTarget.value })}
            />
          </Group>
          {!isConversationObject(value.name) && (
            <Group grow align="start">
              <Select
                label={a("object.title")}
                description={a("object.titleHint")}
                inputWrapperOrder={["label", "input", "description", "error"]}
                clearable
                data={texts.filter(({ value: key }) => key !== "")}
                value={value.title ?? null}
                error={error("/title")}
                onChange={(title) => (title ? change({ title }) : editing.drop("title"))}
              />
              <Select
                label={a("object.flows")}
                allowDeselect={false}
                data={FLOWS.map((access) => ({ value: access, label: a(`object.flows.${access}`) }))}
                value={value.flows ?? "write"}
                onChange={(flows) => change({ flows: flows as (typeof FLOWS)[number] })}
              />
            </Group>
          )}
        </Section>
        <Section
          title={a("object.fields")}
          about={a(value.name === "Session" ? "object.sessionFieldsAbout" : "object.fieldsAbout")}
        >
          <FieldRows
            fields={value.fields}
            stored={stored?.settings.fields ?? []}
            objects={all.filter((object) => !isConversationObject(object.name))}
            error={error}
            onChange={(fields) => change({ fields })}
          />
        </Section>
      </div>
      <SaveBar
        editing={editing}
        within={`records/${stored?.name ?? "new"}`}
        savedMessage={a("object.saved")}
        onSaved={() => stored === null && made.current && go(`records/${made.current}`, { replace: true })}
      />
    </Page>
  );
}
