import type { Connector } from "@clew/contract/flows/connectors";
import { Code } from "@mantine/core";
import { IconPlugConnected } from "@tabler/icons-react";
import { type UseQueryResult, useQuery } from "@tanstack/react-query";
import { useAsk } from "../api/admin-api.tsx";
import { Row } from "../page/rows.tsx";
import { ListPage } from "../page/settings-page.tsx";
import { a } from "../strings/words.ts";

/** Systems that flows may call. */
export function useConnectors(): UseQueryResult<Connector[]> {
  const ask = useAsk();
  return useQuery({
    queryKey: ["admin", "connectors"],
    queryFn: async () => (await ask<{ items: Connector[] }>("listConnectors")).items,
  });
}

export function ConnectorList() {
  return (
    <ListPage
      query={useConnectors()}
      title={a("nav.connectors")}
      about={a("connectors.about")}
      add={{ to: "connectors/new", label: a("connectors.new") }}
      empty={{ icon: IconPlugConnected, title: a("connectors.empty"), about: a("connectors.emptyAbout") }}
      row={({ name, settings }: Connector) => (
        <Row
          key={name}
          to={`connectors/${name}`}
          name={name}
          about={settings.baseUrl}
          trail={<Code>{settings.methods.join(" ")}</Code>}
        />
      )}
    />
  );
}
