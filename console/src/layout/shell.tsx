import type { ReactNode } from "react";
import { KeyboardHelp } from "../keyboard/help.tsx";
import { Keyboard } from "../keyboard/keyboard.tsx";
import { Offers } from "../offers/offers.tsx";
import { Palette } from "../palette/palette.tsx";
import { t } from "../strings/strings.ts";
import { ConnectionBanner } from "./connection-banner.tsx";
import { Rail } from "./rail.tsx";
import classes from "./shell.module.css";

/** The frame of every screen of a signed-in person: the rail at the start, the page beside it. */
export function Shell({ children }: { children: ReactNode }) {
  return (
    <Keyboard>
      <div className={classes.shell}>
        <a className="clew-skip" href="#content">
          {t("app.skip")}
        </a>
        <Rail />
        <div className={classes.page}>
          <ConnectionBanner />
          <main id="content" className={classes.content} tabIndex={-1}>
            {children}
          </main>
        </div>
      </div>
      <Offers />
      <Palette />
      <KeyboardHelp />
    </Keyboard>
  );
}
