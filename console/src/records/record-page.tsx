import type { RecordObject, StoredRecord } from "@clew/contract/flows/records";
import { Anchor, Skeleton, Text } from "@mantine/core";
import { IconChevronLeft } from "@tabler/icons-react";
import { Link, useNavigate } from "@tanstack/react-router";
import { useRef } from "react";
import { day, timeOfDay } from "../clock/ages.ts";
import { useServerNow } from "../clock/use-server-now.ts";
import { useDesk } from "../desk.tsx";
import { failureText } from "../strings/problems.ts";
import { t } from "../strings/strings.ts";
import { RecordForm } from "./record-form.tsx";
import { useNewId, useRecord } from "./record-queries.ts";
import { RecordRuns } from "./record-runs.tsx";
import classes from "./records.module.css";
import { r } from "./words.ts";

type Props = {
  object: RecordObject;
  /** "new" for one that is not made yet, of this conversation if one is named. */
  id: string;
  conversationId: string | null;
};

/** One record: its fields, where it belongs, and the flows that work on it; or a form for a new one. */
export function RecordPage({ object, id, conversationId }: Props) {
  const isNew = id === "new";
  const { data, error } = useRecord(object.name, isNew ? null : id);
  const { label, plural } = object.settings;
  return (
    <div className={classes.page}>
      <Link to={`/records/${object.name}` as never} className={classes.back}>
        <IconChevronLeft size={14} aria-hidden="true" className="clew-flip" />
        {r("record.back", { plural })}
      </Link>
      {isNew && <h1>{r("records.new", { label: label.toLowerCase() })}</h1>}
      {isNew && <NewRecord object={object} conversationId={conversationId} />}
      {!isNew && error && !data && (
        <Text size="sm" role="alert">
          {failureText(error)}
        </Text>
      )}
      {!isNew && !data && !error && <Skeleton height={240} role="status" aria-label={t("app.loading")} />}
      {data && <Known object={object} record={data} />}
    </div>
  );
}

function NewRecord({ object, conversationId }: Omit<Props, "id">) {
  const desk = useDesk();
  const navigate = useNavigate();
  const newId = useNewId();
  const id = useRef<string | null>(null);
  id.current ??= newId();
  return (
    <div className={classes.columns}>
      <RecordForm
        object={object}
        record={null}
        store={(values) =>
          desk.request("createRecord", {
            params: { object: object.name },
            body: { id: id.current ?? newId(), values, ...(conversationId ? { conversationId } : {}) },
          })
        }
        onStored={(record) => void navigate({ to: `/records/${object.name}/${record.id}` as never, replace: true })}
      />
    </div>
  );
}

function Known({ object, record }: { object: RecordObject; record: StoredRecord }) {
  const desk = useDesk();
  const now = useServerNow(60);
  const moment = (at: number) => `${day(at, now)}, ${timeOfDay(at)}`;
  const params = { object: object.name, id: record.id };
  return (
    <>
      <h1>
        <bdi>{record.title || `${object.settings.label} ${record.number}`}</bdi>
      </h1>
      <div className={classes.columns}>
        <RecordForm
          object={object}
          record={record}
          store={(values, version) => desk.request("saveRecord", { params, body: { version, values } })}
          latest={() => desk.request("readRecord", { params })}
        />
        <div className={classes.side}>
          <section aria-label={r("record.about")}>
            <h2>{r("record.about")}</h2>
            <dl className={classes.facts}>
              <Fact label={r("records.number")} value={String(record.number)} />
              <Fact label={r("record.created")} value={moment(record.createdAt)} />
              <Fact label={r("record.changed")} value={moment(record.updatedAt)} />
              {record.conversationId && (
                <div>
                  <dt>{r("record.conversation")}</dt>
                  <dd>
                    <Anchor component={Link} to={`/conversations/${record.conversationId}`} size="sm">
                      {r("record.openConversation")}
                    </Anchor>
                  </dd>
                </div>
              )}
            </dl>
          </section>
          {(object.name === "Case" || object.name === "Contact") && <RecordRuns record={record} />}
        </div>
      </div>
    </>
  );
}

function Fact({ label, value }: { label: string; value: string }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        <bdi>{value}</bdi>
      </dd>
    </div>
  );
}
