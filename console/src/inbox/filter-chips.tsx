import { IconX } from "@tabler/icons-react";
import { t } from "../strings/strings.ts";
import classes from "./filter.module.css";
import { chosenIn, type Filter, withPart } from "./filter.ts";
import { type FilterChoice, nameIn } from "./filter-choices.ts";

type Props = { filter: Filter; choices: readonly FilterChoice[]; onChange(filter: Filter): void };

/** What the list is narrowed to, in sight as long as it is; each part can be taken off. */
export function FilterChips({ filter, choices, onChange }: Props) {
  const chosen = chosenIn(filter);
  if (chosen.length === 0) return null;
  return (
    <ul className={classes.chips} aria-label={t("filter.chosen")}>
      {chosen.map(({ part, id }) => {
        const name = nameIn(choices, part, id) ?? t("filter.gone");
        const what = t(`filter.${part}`);
        return (
          <li key={part}>
            <button
              type="button"
              className={classes.chip}
              aria-label={t("filter.takeOff", { what, name })}
              title={`${what}: ${name}`}
              onClick={() => onChange(withPart(filter, part, null))}
            >
              <bdi>{name}</bdi>
              <IconX size={12} aria-hidden="true" />
            </button>
          </li>
        );
      })}
    </ul>
  );
}
