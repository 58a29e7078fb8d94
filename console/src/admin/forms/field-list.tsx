import type { FormField } from "@clew/contract/forms";
import { ActionIcon, Badge, UnstyledButton, VisuallyHidden } from "@mantine/core";
import {
  IconArrowDown,
  IconArrowUp,
  IconChevronDown,
  IconCopy,
  IconGripVertical,
  IconTrash,
} from "@tabler/icons-react";
import { type DragEvent, type ReactNode, useState } from "react";
import { errorBelow, type FieldErrors } from "../editing/pointer.ts";
import { localized } from "../strings/languages.ts";
import { a } from "../strings/words.ts";
import { keyFromLabel } from "./field-key.ts";
import { FIELD_TYPES } from "./field-types.ts";
import classes from "./forms.module.css";
import { moved } from "./reorder.ts";

type FieldListProps = {
  /** JSON pointer to the fields. */
  at: string;
  fields: FormField[];
  language: string;
  errors: FieldErrors;
  opened: number | null;
  open(index: number | null): void;
  onChange(fields: FormField[], opened: number | null): void;
  /** The editor of the opened question; shown below its line. */
  children: ReactNode;
};

/** The questions in their order: dragged by the handle, moved by buttons, opened to be edited. */
export function FieldList({ at, fields, language, errors, opened, open, onChange, children }: FieldListProps) {
  const [dragged, setDragged] = useState<number | null>(null);
  const [over, setOver] = useState<number | null>(null);
  const [told, setTold] = useState("");
  const nameOf = (field: FormField) => localized(field.label, language) || a("field.untitled");

  const move = (from: number, to: number) => {
    const field = fields[from];
    if (field === undefined || to < 0 || to >= fields.length || from === to) return;
    const next = moved(fields, from, to);
    const kept = opened === null ? undefined : fields[opened];
    onChange(next, kept === undefined ? null : next.indexOf(kept));
    setTold(a("field.movedTo", { name: nameOf(field), place: to + 1, count: fields.length }));
  };
  const remove = (index: number) =>
    onChange(
      fields.filter((_, other) => other !== index),
      null,
    );
  const duplicate = (field: FormField, index: number) => {
    const copy = {
      ...field,
      key: keyFromLabel(
        field.key,
        fields.map((other) => other.key),
      ),
    };
    onChange([...fields.slice(0, index + 1), copy, ...fields.slice(index + 1)], index + 1);
  };
  const dropProps = (index: number) => ({
    onDragOver: (event: DragEvent) => {
      if (dragged === null) return;
      event.preventDefault();
      setOver(index);
    },
    onDrop: (event: DragEvent) => {
      event.preventDefault();
      if (dragged !== null) move(dragged, index);
      setDragged(null);
      setOver(null);
    },
  });

  return (
    <>
      <ol className={classes.list} aria-label={a("field.listLabel")}>
        {fields.map((field, index) => {
          const name = nameOf(field);
          const wrong = errorBelow(errors, `${at}/${index}`) !== undefined;
          return (
            <li
              // biome-ignore lint/suspicious/noArrayIndexKey: keys may be doubled while typed; the place is what identifies a question
              key={index}
              className={classes.item}
              data-over={(over === index && dragged !== index) || undefined}
              data-dragged={dragged === index || undefined}
              {...dropProps(index)}
            >
              <div className={classes.line}>
                {/* biome-ignore lint/a11y/noStaticElementInteractions: for the mouse only; the buttons at the end of the line do the same by key */}
                <span
                  className={classes.handle}
                  draggable
                  title={a("field.drag", { name })}
                  onDragStart={(event) => {
                    event.dataTransfer.effectAllowed = "move";
                    event.dataTransfer.setData("text/plain", field.key);
                    setDragged(index);
                  }}
                  onDragEnd={() => {
                    setDragged(null);
                    setOver(null);
                  }}
                >
                  <IconGripVertical size={16} aria-hidden />
                </span>
                <UnstyledButton
                  className={classes.open}
                  aria-expanded={opened === index}
                  onClick={() => open(opened === index ? null : index)}
                >
                  <TypeIcon type={field.type} />
                  <span className={classes.name}>{name}</span>
                  <span className={classes.badges}>
                    {wrong && (
                      <Badge color="red" variant="light" className={classes.bad}>
                        {a("field.wrong")}
                      </Badge>
                    )}
                    {field.required && <Badge variant="default">{a("field.required")}</Badge>}
                    {field.hidden && <Badge variant="default">{a("field.hidden")}</Badge>}
                  </span>
                  <IconChevronDown size={16} aria-hidden className={classes.chevron} />
                </UnstyledButton>
                <ActionIcon
                  aria-label={a("field.up", { name })}
                  disabled={index === 0}
                  onClick={() => move(index, index - 1)}
                >
                  <IconArrowUp size={16} />
                </ActionIcon>
                <ActionIcon
                  aria-label={a("field.down", { name })}
                  disabled={index === fields.length - 1}
                  onClick={() => move(index, index + 1)}
                >
                  <IconArrowDown size={16} />
                </ActionIcon>
                <ActionIcon aria-label={a("field.duplicate", { name })} onClick={() => duplicate(field, index)}>
                  <IconCopy size={16} />
                </ActionIcon>
                <ActionIcon aria-label={a("field.delete", { name })} onClick={() => remove(index)}>
                  <IconTrash size={16} />
                </ActionIcon>
              </div>
              {opened === index && <div className={classes.editor}>{children}</div>}
            </li>
          );
        })}
      </ol>
      <VisuallyHidden role="status">{told}</VisuallyHidden>
    </>
  );
}

function TypeIcon({ type }: { type: FormField["type"] }) {
  const found = FIELD_TYPES.find((known) => known.type === type);
  return found === undefined ? null : (
    <found.icon size={18} stroke={1.6} aria-label={a(`type.${type}`)} className={classes.icon} />
  );
}
