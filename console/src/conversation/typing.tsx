import { t } from "../strings/strings.ts";
import classes from "./log.module.css";

/** The customer is typing; what they type where their channel shows it, and they know that it does. */
export function Typing({ text }: { text: string | null }) {
  return (
    <div className={classes.typing} data-text={text ? true : undefined}>
      <span className={classes.dots} aria-hidden="true">
        <i />
        <i />
        <i />
      </span>
      {text ? (
        <span dir="auto" className={classes.preview}>
          <span className={classes.previewLabel}>{t("typing.preview")}</span>
          {text}
        </span>
      ) : (
        <span>{t("typing.customer")}</span>
      )}
    </div>
  );
}
