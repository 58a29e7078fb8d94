import { Button, Text } from "@mantine/core";
import { t } from "../strings/strings.ts";
import { chosenIn, type Filter } from "./filter.ts";
import { type FilterChoice, nameIn } from "./filter-choices.ts";
import classes from "./inbox.module.css";
import type { View } from "./views.ts";

type Props = {
  view: View;
  search: string;
  filter: Filter;
  choices: readonly FilterChoice[];
  /** Conversations that only the filter keeps out of sight; 0 where nobody counts them: among ended and found ones. */
  hidden: number;
  onClear(): void;
};

/** Why a list is empty. Where a filter may be the reason it is named, and goes with one press. */
export function EmptyList({ view, search, filter, choices, hidden, onClear }: Props) {
  const chosen = chosenIn(filter);
  if (chosen.length === 0)
    return (
      <div className={classes.empty}>
        <Text fw={600}>{search ? t("inbox.empty.search") : t(`inbox.empty.${view}`)}</Text>
        <Text size="sm" c="dimmed">
          {search ? t("inbox.emptyHint.search") : t(`inbox.emptyHint.${view}`)}
        </Text>
      </div>
    );
  const named = chosen.map(({ part, id }) =>
    t("filter.part", { what: t(`filter.${part}`), name: nameIn(choices, part, id) ?? t("filter.gone") }),
  );
  return (
    <div className={classes.empty}>
      <Text fw={600}>{hidden > 0 ? t("filter.hides", { count: hidden }) : t("filter.nothing")}</Text>
      {named.map((line) => (
        <Text key={line} size="sm" c="dimmed" dir="auto">
          {line}
        </Text>
      ))}
      <Button size="xs" variant="light" mt="xs" mx="auto" onClick={onClear}>
        {t("filter.clear")}
      </Button>
    </div>
  );
}
