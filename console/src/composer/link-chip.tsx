import { LINK_PLACE } from "@clew/contract/limits";
import { IconLink } from "@tabler/icons-react";
import { Fragment, type ReactNode } from "react";
import { t } from "../strings/strings.ts";
import classes from "./composer.module.css";

/** A text as it will be sent, with a mark wherever the server puts the customer's link. */
export function withLinkChips(text: string): ReactNode {
  return text.split(LINK_PLACE).map((words, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one text have no other name
    <Fragment key={index}>
      {index > 0 && <LinkChip />}
      {words}
    </Fragment>
  ));
}

function LinkChip() {
  return (
    <span className={classes.link}>
      <IconLink size={12} aria-hidden="true" /> {t("link.here")}
    </span>
  );
}
