import type { Look } from "@clew/contract/channels";
import { useComputedColorScheme } from "@mantine/core";
import { IconMessageCircle, IconSend2 } from "@tabler/icons-react";
import type { CSSProperties } from "react";
import { isRightToLeft, localized } from "../strings/languages.ts";
import { a } from "../strings/words.ts";
import { isColour, readableOn } from "./contrast.ts";
import classes from "./window-preview.module.css";

/** The window as the settings make it look, before anything is saved. A picture: nothing in it can be used. */
export function WindowPreview({ look, language }: { look: Look; language: string }) {
  const computed = useComputedColorScheme("light");
  const scheme = look.scheme === "auto" ? computed : look.scheme;
  const colour = isColour(look.colour) ? look.colour : "#3d4ab4";
  const tokens = {
    "--colour": colour,
    "--colour-text": look.colourText !== null && isColour(look.colourText) ? look.colourText : readableOn(colour),
    "--radius": `${look.radius}px`,
    fontFamily: look.font ?? undefined,
  } as CSSProperties;
  const subtitle = localized(look.subtitle, language);
  const greeting = localized(look.greeting, language);
  return (
    <div
      className={classes.stage}
      data-position={look.position}
      dir={isRightToLeft(language) ? "rtl" : "ltr"}
      lang={language}
      style={tokens}
      data-scheme={scheme}
      aria-hidden
    >
      <div className={classes.window}>
        <div className={classes.head}>
          {look.logoUrl && <img className={classes.logo} src={look.logoUrl} alt="" referrerPolicy="no-referrer" />}
          <div className={classes.titles}>
            <strong>{localized(look.title, language)}</strong>
            {subtitle && <span>{subtitle}</span>}
          </div>
        </div>
        <div className={classes.body}>
          {greeting && <p className={classes.theirs}>{greeting}</p>}
          <p className={classes.mine}>{a("look.previewCustomer")}</p>
          <p className={classes.theirs}>{a("look.previewAgent")}</p>
        </div>
        <div className={classes.composer}>
          <span>{a("look.previewComposer")}</span>
          <span className={classes.send}>
            <IconSend2 size={16} />
          </span>
        </div>
      </div>
      <div className={classes.launcher}>
        <IconMessageCircle size={24} />
      </div>
    </div>
  );
}
