import type { HoursSettings } from "@clew/contract/hours";
import { ActionIcon, Menu, Text } from "@mantine/core";
import { IconCopy } from "@tabler/icons-react";
import type { FieldErrors } from "../editing/pointer.ts";
import { a } from "../strings/words.ts";
import classes from "./hours.module.css";
import { SpansEditor } from "./spans-editor.tsx";

/** Monday first, as the contract counts. 4 January 2027 is a Monday. */
export const DAYS = Array.from({ length: 7 }, (_, day) =>
  new Intl.DateTimeFormat("en", { weekday: "long", timeZone: "UTC" }).format(Date.UTC(2027, 0, 4 + day)),
);

type WeekEditorProps = {
  week: HoursSettings["week"];
  onChange(week: HoursSettings["week"]): void;
  errors: FieldErrors;
};

export function WeekEditor({ week, onChange, errors }: WeekEditorProps) {
  const copy = (from: number, to: (day: number) => boolean) =>
    onChange(week.map((spans, day) => (to(day) ? (week[from] ?? []).map((span) => ({ ...span })) : spans)));
  return (
    <div className={classes.week}>
      {DAYS.map((name, day) => (
        <fieldset key={name} className={classes.day} aria-label={name}>
          <Text fz="sm" fw={550} lh="2.25rem">
            {name}
          </Text>
          <SpansEditor
            spans={week[day] ?? []}
            day={name}
            onChange={(spans) => onChange(week.map((other, at) => (at === day ? spans : other)))}
            errorAt={(index) => errors[`/week/${day}/${index}`]}
          />
          <Menu position="bottom-end">
            <Menu.Target>
              <ActionIcon aria-label={a("hours.copy", { day: name })} size="lg">
                <IconCopy size={16} />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item onClick={() => copy(day, (at) => at < 5)}>{a("hours.copyWorkdays")}</Menu.Item>
              <Menu.Item onClick={() => copy(day, () => true)}>{a("hours.copyAll")}</Menu.Item>
              <Menu.Divider />
              {DAYS.map((other, at) =>
                at === day ? null : (
                  <Menu.Item key={other} onClick={() => copy(day, (to) => to === at)}>
                    {a("hours.copyTo", { day: other })}
                  </Menu.Item>
                ),
              )}
            </Menu.Dropdown>
          </Menu>
        </fieldset>
      ))}
    </div>
  );
}
