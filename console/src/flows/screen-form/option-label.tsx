import type { Option } from "@clew/domain/flows/screens/choices";
import { OPTION_ICONS } from "@clew/widget/flow-forms/option-icons";
import classes from "./screen-form.module.css";

/** What an option is called, with the picture that its author put beside it: the same that customers see. */
export function OptionLabel({ option: { label, icon } }: { option: Option }) {
  if (!icon) return label;
  return (
    <span className={classes.option}>
      <svg className={classes.picture} viewBox="0 0 24 24" aria-hidden="true">
        <path d={OPTION_ICONS[icon]} />
      </svg>
      <span>{label}</span>
    </span>
  );
}
