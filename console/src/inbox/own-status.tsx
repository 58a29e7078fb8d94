import { useDeskState, useMe } from "../desk.tsx";
import { useAbleCommands } from "../keyboard/keyboard.tsx";
import { StatusDot } from "../presence/status-dot.tsx";
import { t } from "../strings/strings.ts";
import classes from "./inbox.module.css";

/** One's own state in words, always in sight; a click opens the menu to change it. */
export function OwnStatus() {
  const { agent } = useMe();
  const own = useDeskState((state) => state.presences[agent.id]);
  const { run } = useAbleCommands();
  if (!own) return null;
  return (
    <button type="button" className={classes.own} onClick={() => run("presence")}>
      <StatusDot status={own.status} />
      <span>{own.reason ?? t(`presence.${own.status}`)}</span>
      <span className={classes.ownLoad}>{t("presence.units", { load: own.load, capacity: own.capacity })}</span>
    </button>
  );
}
