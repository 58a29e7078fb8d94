import type { SessionStaff } from "@clew/contract/sessions";
import { Badge, Group } from "@mantine/core";
import { labelOf, textOf } from "../records/field-type.ts";
import { useObjects } from "../records/record-queries.ts";
import { t } from "../strings/strings.ts";
import classes from "./customer.module.css";

type Staff = SessionStaff | null | undefined;

/** Whether flows have noted anything of the session. */
export function hasNotes(staff: Staff): staff is SessionStaff {
  return notesOf(staff).length > 0 || (staff?.tags?.length ?? 0) > 0;
}

/** What flows noted of the session: its fields by the labels that an admin gave them, other notes by their names, and tags. */
export function SessionNotes({ staff }: { staff: SessionStaff }) {
  const fields = useObjects()?.find(({ name }) => name === "Session")?.settings.fields ?? [];
  const { tags = [] } = staff;
  return (
    <dl className={classes.facts}>
      {notesOf(staff).map(([key, value]) => (
        <div key={key} className={classes.fact}>
          <dt>{labelOf(fields.find((field) => field.key === key) ?? { key })}</dt>
          <dd dir="auto">{typeof value === "boolean" ? t(value ? "fact.yes" : "fact.no") : textOf(value)}</dd>
        </div>
      ))}
      {tags.length > 0 && (
        <div className={classes.fact}>
          <dt>{t("customer.tags")}</dt>
          <dd>
            <Group gap={4}>
              {tags.map((tag) => (
                <Badge key={tag} size="sm" variant="light" color="gray" tt="none">
                  {tag}
                </Badge>
              ))}
            </Group>
          </dd>
        </div>
      )}
    </dl>
  );
}

function notesOf(staff: Staff): [string, unknown][] {
  return Object.entries(staff?.attributes ?? {}).filter(([, value]) => value !== null && value !== "");
}
