import { Kbd } from "@mantine/core";
import classes from "./caps.module.css";
import { capsOf } from "./commands.ts";

const mac = typeof navigator !== "undefined" && /Mac|iPhone|iPad/.test(navigator.userAgent);

/** The keys of a command, drawn. */
export function Caps({ keys }: { keys: string }) {
  return (
    <span className={classes.caps}>
      {capsOf(keys, mac).map((cap) => (
        <Kbd key={cap} size="xs">
          {cap}
        </Kbd>
      ))}
    </span>
  );
}
