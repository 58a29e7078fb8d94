import type { HoursSettings } from "@clew/contract/hours";
import { ActionIcon, Button, Text, TextInput } from "@mantine/core";
import { DateInput } from "@mantine/dates";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import type { FieldErrors } from "../editing/pointer.ts";
import { a } from "../strings/words.ts";
import classes from "./hours.module.css";
import { SpansEditor } from "./spans-editor.tsx";

type Exceptions = HoursSettings["exceptions"];

/** Holidays and other days that are not as their week day: closed, or with times of their own. */
export function ExceptionsEditor({
  exceptions,
  onChange,
  errors,
}: {
  exceptions: Exceptions;
  onChange(exceptions: Exceptions): void;
  errors: FieldErrors;
}) {
  const put = (index: number, part: Partial<Exceptions[number]>) =>
    onChange(exceptions.map((other, at) => (at === index ? { ...other, ...part } : other)));
  const rename = (index: number, text: string) => {
    const { name: _before, ...others } = exceptions[index] as Exceptions[number];
    onChange(
      exceptions.map((other, at) => (at === index ? (text === "" ? others : { ...others, name: text }) : other)),
    );
  };
  return (
    <div className={classes.week}>
      {exceptions.length === 0 && (
        <Text fz="sm" c="dimmed">
          {a("hours.noExceptions")}
        </Text>
      )}
      {exceptions.map((exception, index) => {
        const name = exception.name ?? exception.date;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: the date is edited; the place is what stays
          <fieldset key={index} className={classes.exception} aria-label={name || a("hours.exception")}>
            <DateInput
              aria-label={a("hours.date", { place: index + 1 })}
              value={exception.date || null}
              onChange={(date) => put(index, { date: date ?? "" })}
              error={errors[`/exceptions/${index}/date`]}
              valueFormat="DD MMM YYYY"
              placeholder={a("hours.datePlaceholder")}
            />
            <TextInput
              aria-label={a("hours.exceptionName", { place: index + 1 })}
              placeholder={a("hours.exceptionPlaceholder")}
              value={exception.name ?? ""}
              onChange={(event) => rename(index, event.currentTarget.value)}
              maxLength={80}
            />
            <SpansEditor
              spans={exception.spans}
              day={name || a("hours.exception")}
              onChange={(spans) => put(index, { spans })}
              errorAt={(at) => errors[`/exceptions/${index}/spans/${at}`]}
            />
            <ActionIcon
              aria-label={a("hours.removeException", { name })}
              size="lg"
              onClick={() => onChange(exceptions.filter((_, at) => at !== index))}
            >
              <IconTrash size={16} />
            </ActionIcon>
          </fieldset>
        );
      })}
      <div>
        <Button
          variant="default"
          leftSection={<IconPlus size={16} />}
          onClick={() => onChange([...exceptions, { date: "", spans: [] }])}
        >
          {a("hours.addException")}
        </Button>
      </div>
    </div>
  );
}
