import type { OptionIcon } from "@clew/contract/flows/words";
import { OPTION_ICONS } from "./option-icons.ts";

/** The picture of an option. It says nothing to screen readers: the label beside it does. */
export function OptionPicture({ name }: { name: OptionIcon }) {
  return (
    <svg class="ff-picture" viewBox="0 0 24 24" aria-hidden="true">
      <path d={OPTION_ICONS[name]} />
    </svg>
  );
}
