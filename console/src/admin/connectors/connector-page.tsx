import type { Connector } from "@clew/contract/flows/connectors";
import { MultiSelect, NumberInput, Switch, TagsInput, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";
import { useAsk } from "../api/admin-api.tsx";
import { DeleteButton } from "../editing/delete-button.tsx";
import { SaveBar } from "../editing/save-bar.tsx";
import { useEditing } from "../editing/use-editing.ts";
import { useGo } from "../page/admin-link.tsx";
import { NoSuchPage } from "../page/no-such-page.tsx";
import { Page, Read, Section } from "../page/page.tsx";
import { a } from "../strings/words.ts";
import { BLANK, checkConnector, type EditedConnector, editedOf, savedOf } from "./connector-editing.ts";
import { useConnectors } from "./connector-list.tsx";
import { HeaderRows } from "./header-rows.tsx";

const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"];

export function ConnectorPage({ name }: { name: string }) {
  return (
    <Read query={useConnectors()}>
      {(all) => {
        const stored = all.find((connector) => connector.name === name) ?? null;
        return stored || name === "new" ? <ConnectorForm stored={stored} /> : <NoSuchPage />;
      }}
    </Read>
  );
}

function ConnectorForm({ stored }: { stored: Connector | null }) {
  const ask = useAsk();
  const go = useGo();
  const queries = useQueryClient();
  const made = useRef<string | null>(null);
  const versionOf = (connector: Connector) => ({ settings: editedOf(connector), revision: connector.revision });
  const editing = useEditing<EditedConnector>({
    stored: stored ? versionOf(stored) : { settings: BLANK, revision: null },
    check: (edited) => checkConnector(edited, stored?.secrets ?? []),
    store: async (edited, revision) => {
      const saved = await ask<Connector>("saveConnector", {
        params: { name: edited.name },
        body: { ...savedOf(edited), revision: revision ?? 0 },
      });
      made.current = edited.name;
      await queries.invalidateQueries({ queryKey: ["admin"] });
      return versionOf(saved);
    },
    latest: async () => {
      const { items } = await ask<{ items: Connector[] }>("listConnectors");
      const found = items.find(({ name }) => name === stored?.name);
      return found && versionOf(found);
    },
  });
  const { value, change, error } = editing;
  const remove = async () => {
    await ask("deleteConnector", { params: { name: value.name } });
    await queries.invalidateQueries({ queryKey: ["admin", "connectors"] });
  };
  return (
    <Page title={stored?.name ?? a("connectors.new")} back={{ to: "connectors", label: a("nav.connectors") }}>
      <div>
        <Section title={a("connector.address")} about={a("connector.addressAbout")}>
          <TextInput
            label={a("connector.name")}
            disabled={stored !== null}
            value={value.name}
            error={error("/name")}
            onChange={(event) => change({ name: event.currentTarget.value })}
          />
          <TextInput
            label={a("connector.baseUrl")}
            placeholder="https://api.example.com/v1"
            value={value.baseUrl}
            error={error("/baseUrl")}
            onChange={(event) => change({ baseUrl: event.currentTarget.value })}
          />
          <MultiSelect
            label={a("connector.methods")}
            data={METHODS}
            value={value.methods}
            error={error("/methods")}
            onChange={(methods) => change({ methods: methods as EditedConnector["methods"] })}
          />
          <TagsInput
            label={a("connector.hosts")}
            description={a("connector.hostsHint")}
            value={value.hosts}
            error={error("/hosts")}
            onChange={(hosts) => change({ hosts })}
          />
          <Switch
            label={a("connector.private")}
            description={a("connector.privateHint")}
            checked={value.privateAddresses}
            onChange={(event) => change({ privateAddresses: event.currentTarget.checked })}
          />
        </Section>
        <Section title={a("connector.access")} about={a("connector.accessAbout")}>
          <HeaderRows value={value} set={stored?.secrets ?? []} error={error} onChange={change} />
        </Section>
        <Section title={a("connector.payments")} about={a("connector.paymentsAbout")}>
          <TextInput
            label={a("connector.paymentPage")}
            placeholder="https://pay.example.com/frame"
            value={value.paymentPage}
            error={error("/paymentPage") ?? error("/settings/paymentPage")}
            onChange={(event) => change({ paymentPage: event.currentTarget.value })}
          />
        </Section>
        <Section title={a("connector.faults")} about={a("connector.faultsAbout")}>
          <Switch
            label={a("connector.idempotent")}
            description={a("connector.idempotentHint")}
            checked={value.idempotent}
            onChange={(event) => change({ idempotent: event.currentTarget.checked })}
          />
          <NumberInput
            label={a("connector.breakAfter")}
            min={1}
            max={1000}
            maw={280}
            value={value.breakAfter}
            error={error("/breakAfter")}
            onChange={(next) => typeof next === "number" && change({ breakAfter: next })}
          />
          <NumberInput
            label={a("connector.restMs")}
            min={1}
            max={3600}
            maw={280}
            value={value.restMs / 1000}
            error={error("/restMs")}
            onChange={(next) => typeof next === "number" && change({ restMs: Math.round(next * 1000) })}
          />
        </Section>
      </div>
      {stored && (
        <div>
          <DeleteButton what={stored.name} remove={remove} onRemoved={() => go("connectors")} />
        </div>
      )}
      <SaveBar
        editing={editing}
        within={`connectors/${stored?.name ?? "new"}`}
        savedMessage={a("connector.saved")}
        onSaved={() => stored === null && made.current && go(`connectors/${made.current}`, { replace: true })}
      />
    </Page>
  );
}
