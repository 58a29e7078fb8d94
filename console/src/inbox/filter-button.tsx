import { ActionIcon, NativeSelect, Popover, Tooltip } from "@mantine/core";
import { IconAdjustmentsHorizontal } from "@tabler/icons-react";
import { useState } from "react";
import { useCommand } from "../keyboard/keyboard.tsx";
import { t } from "../strings/strings.ts";
import classes from "./filter.module.css";
import { chosenIn, type Filter, withPart } from "./filter.ts";
import type { FilterChoice } from "./filter-choices.ts";

type Props = { filter: Filter; choices: readonly FilterChoice[]; onChange(filter: Filter): void };

/** Opens what the list can be narrowed to; each choice holds at once. */
export function FilterButton({ filter, choices, onChange }: Props) {
  const [open, setOpen] = useState(false);
  useCommand("filter", () => setOpen(true));
  const active = chosenIn(filter).length > 0;
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-end" width={264} shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <Tooltip label={t("filter.open")} disabled={open}>
          <ActionIcon
            size={30}
            radius="md"
            variant={active ? "light" : "subtle"}
            color={active ? "clew" : "gray"}
            aria-label={t("filter.open")}
            aria-expanded={open}
            onClick={() => setOpen(!open)}
          >
            <IconAdjustmentsHorizontal size={17} />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown className={classes.choices} aria-label={t("filter.open")}>
        {choices.map(({ part, options }) => (
          <NativeSelect
            key={part}
            size="xs"
            label={t(`filter.${part}`)}
            data={[
              { value: "", label: t(`filter.any.${part}`) },
              ...options.map(({ id, name }) => ({ value: id, label: name })),
            ]}
            value={filter[part] ?? ""}
            onChange={(event) => onChange(withPart(filter, part, event.currentTarget.value || null))}
          />
        ))}
      </Popover.Dropdown>
    </Popover>
  );
}
