import { Modal } from "@mantine/core";
import { useState } from "react";
import { t } from "../strings/strings.ts";
import classes from "./caps.module.css";
import { Caps } from "./caps.tsx";
import { COMMANDS, commandsOf, PLACES } from "./commands.ts";
import { useCommand } from "./keyboard.tsx";

/** The list of all keys, opened by `?`. */
export function KeyboardHelp() {
  const [open, setOpen] = useState(false);
  useCommand("help", () => setOpen(true));
  return (
    <Modal
      opened={open}
      onClose={() => setOpen(false)}
      title={t("keyboard.title")}
      size="xl"
      closeButtonProps={{ "aria-label": t("app.close") }}
    >
      <div className={classes.list}>
        {PLACES.map((place) => (
          <section key={place} className={classes.group}>
            <h3>{t(`keyboard.${place}`)}</h3>
            {commandsOf(place).map((id) => (
              <div key={id} className={classes.row}>
                <span>{t(COMMANDS[id].label)}</span>
                <Caps keys={COMMANDS[id].keys} />
              </div>
            ))}
          </section>
        ))}
      </div>
    </Modal>
  );
}
