import { t } from "../strings/strings.ts";
import classes from "./composer.module.css";
import { withLinkChips } from "./link-chip.tsx";
import type { QuickReplyChoice } from "./use-quick-reply.ts";

/** The quick replies that fit what follows the slash, and the chosen one as the customer would read it. */
export function QuickReplyPicker({ quick }: { quick: QuickReplyChoice }) {
  return (
    <div className={classes.picker}>
      <div role="listbox" id="quick-replies" aria-label={t("quick.label")} className={classes.options}>
        {quick.found.map((reply, index) => (
          <button
            key={reply.id}
            id={`quick-reply-${reply.id}`}
            type="button"
            className={classes.option}
            role="option"
            tabIndex={-1}
            aria-selected={index === quick.at}
            onMouseMove={() => quick.point(index)}
            // The box keeps the focus: the press itself chooses.
            onMouseDown={(event) => {
              event.preventDefault();
              quick.choose(reply);
            }}
          >
            <span className={classes.optionTitle}>{reply.title}</span>
            <kbd>/{reply.shortcut}</kbd>
          </button>
        ))}
      </div>
      {quick.preview && (
        <div className={classes.preview}>
          <p dir="auto">{withLinkChips(quick.preview.text)}</p>
          {quick.preview.missing.length > 0 && (
            <p className={classes.missing}>{t("quick.missing", { places: quick.preview.missing.join(", ") })}</p>
          )}
        </div>
      )}
    </div>
  );
}
