import { t } from "../strings/strings.ts";
import classes from "./inbox.module.css";
import { type View, type Viewer, viewsFor } from "./views.ts";

type Props = {
  view: View;
  viewer: Viewer;
  counts: Record<View, number> & { unread: number };
  onChange(view: View): void;
};

/** The lists to choose from with what they hold; ended ones are not counted, they only grow. */
export function ViewTabs({ view, viewer, counts, onChange }: Props) {
  const shown = viewsFor(viewer).filter((each) => each !== "bots" || each === view || counts.bots > 0);
  return (
    <nav className={classes.tabs} aria-label={t("inbox.views")}>
      {shown.map((each) => (
        <button
          key={each}
          type="button"
          className={classes.tab}
          aria-pressed={each === view}
          onClick={() => onChange(each)}
        >
          {t(`inbox.view.${each}`)}
          {each !== "ended" && counts[each] > 0 && (
            <span className={classes.count} data-strong={(each === "mine" && counts.unread > 0) || undefined}>
              {counts[each]}
            </span>
          )}
        </button>
      ))}
    </nav>
  );
}
