import type { RecordObject } from "@clew/contract/flows/records";
import { Badge, Code } from "@mantine/core";
import { IconTable } from "@tabler/icons-react";
import { Row } from "../page/rows.tsx";
import { ListPage } from "../page/settings-page.tsx";
import { a } from "../strings/words.ts";
import { useRecordObjects } from "./object-queries.ts";

/** The kinds of records that are kept. */
export function ObjectList() {
  return (
    <ListPage
      query={useRecordObjects()}
      title={a("nav.records")}
      about={a("records.about")}
      add={{ to: "records/new", label: a("records.new") }}
      empty={{ icon: IconTable, title: a("records.empty"), about: a("records.emptyAbout") }}
      row={({ name, settings, builtIn }: RecordObject) => (
        <Row
          key={name}
          to={`records/${name}`}
          name={settings.plural}
          about={a("records.fields", { count: settings.fields.length })}
          trail={
            <>
              {builtIn && (
                <Badge size="sm" variant="light" color="gray">
                  {a("records.builtIn")}
                </Badge>
              )}
              <Code>{name}</Code>
            </>
          }
        />
      )}
    />
  );
}
