import type { RecordObject } from "@clew/contract/flows/records";
import { isConversationObject } from "@clew/contract/flows/words";
import { Button, SegmentedControl, Skeleton, Text, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconPlus, IconSearch } from "@tabler/icons-react";
import { Link, useLocation, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { NotFound } from "../layout/not-found.tsx";
import { failureText } from "../strings/problems.ts";
import { t } from "../strings/strings.ts";
import { RecordPage } from "./record-page.tsx";
import { useObjects, useRecords } from "./record-queries.ts";
import classes from "./records.module.css";
import { Rows } from "./rows.tsx";
import { r } from "./words.ts";

/** Cases, contacts and what else is kept: `/records/Case`, `/records/Case/ID`, `/records/Case/new`, `/records/Case/new/CONVERSATION`. */
export default function RecordsPages() {
  const { pathname } = useLocation();
  const objects = useObjects()?.filter(({ name }) => !isConversationObject(name));
  const [name = "Case", id, of] = pathname
    .replace(/^.*?\/records(?=\/|$)/, "")
    .split("/")
    .filter(Boolean)
    .map(decodeURIComponent);
  if (!objects) return <Skeleton height="100%" role="status" aria-label={t("app.loading")} />;
  const object = objects.find((one) => one.name === name);
  if (!object) return <NotFound />;
  return id ? (
    <RecordPage key={`${name} ${id}`} object={object} id={id} conversationId={of ?? null} />
  ) : (
    <RecordList key={name} object={object} objects={objects} />
  );
}

function RecordList({ object, objects }: { object: RecordObject; objects: readonly RecordObject[] }) {
  const { label, plural } = object.settings;
  const [typed, setTyped] = useState("");
  const [search] = useDebouncedValue(typed.trim(), 250);
  const navigate = useNavigate();
  const { data, error, hasNextPage, fetchNextPage, isFetchingNextPage } = useRecords(
    object.name,
    search ? { search } : {},
  );
  const records = data?.pages.flatMap(({ items }) => items);
  return (
    <div className={classes.page}>
      <div className={classes.head}>
        <h1>{plural}</h1>
        <Button
          component={Link}
          to={`/records/${object.name}/new`}
          leftSection={<IconPlus size={16} aria-hidden="true" />}
        >
          {r("records.new", { label: label.toLowerCase() })}
        </Button>
      </div>
      <div className={classes.filters}>
        <SegmentedControl
          aria-label={r("records.objects")}
          data={objects.map((one) => ({ value: one.name, label: one.settings.plural }))}
          value={object.name}
          onChange={(next) => void navigate({ to: `/records/${next}` as never })}
        />
        <TextInput
          aria-label={r("records.search")}
          placeholder={r("records.search")}
          leftSection={<IconSearch size={16} aria-hidden="true" />}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
      </div>
      {error && (
        <Text size="sm" role="alert">
          {failureText(error)}
        </Text>
      )}
      {!records && !error && <Skeleton height={180} role="status" aria-label={t("app.loading")} />}
      {records?.length === 0 && (
        <p className={classes.quiet} role="status">
          {search ? r("records.noMatch", { what: search }) : `${r("records.none")} ${r("records.noneAbout")}`}
        </p>
      )}
      {records && records.length > 0 && <Rows records={records} label={plural} />}
      {hasNextPage && (
        <Button variant="default" mt="md" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {r("records.more")}
        </Button>
      )}
    </div>
  );
}
