import type { ReactNode } from "react";
import { t } from "../strings/strings.ts";
import { Rail } from "./rail.tsx";
import classes from "./shell.module.css";

/** The frame of every screen of a signed-in person: the rail at the start, the page beside it. */
export function Shell({ children }: { children: ReactNode }) {
  return (
    <div className={classes.shell}>
      <a className="clew-skip" href="#content">
        {t("app.skip")}
      </a>
      <Rail />
      <main id="content" className={classes.content} tabIndex={-1}>
        {children}
      </main>
    </div>
  );
}
