import { Button } from "@mantine/core";
import { IconCloudOff, IconDatabaseOff } from "@tabler/icons-react";
import { useNow } from "../clock/use-now.ts";
import { useDesk, useDeskState } from "../desk.tsx";
import { t } from "../strings/strings.ts";
import classes from "./shell.module.css";

/** A wobble shorter than this is nobody's business. */
const SHOWN_AFTER_MS = 2000;

/** Says that the connection is away, and that nothing is lost by it; or that this browser keeps nothing. */
export function ConnectionBanner() {
  const desk = useDesk();
  const connection = useDeskState((state) => state.connection);
  const storage = useDeskState((state) => state.storage);
  const now = useNow();
  if (connection.name === "closed" && connection.reason !== "disposed") {
    return (
      <div className={classes.banner} role="alert">
        <IconCloudOff size={16} aria-hidden="true" />
        <span>
          {t(
            connection.reason === "too-old" || connection.reason === "protocol"
              ? "connection.outdated"
              : "connection.closed",
          )}
        </span>
        <Button
          size="compact-xs"
          variant="white"
          onClick={() => (connection.reason === "superseded" ? desk.boot() : location.reload())}
        >
          {t("connection.again")}
        </Button>
      </div>
    );
  }
  const away = connection.name === "offline" || connection.name === "connecting" ? connection : null;
  if (away && now - away.since > SHOWN_AFTER_MS) {
    return (
      <div className={classes.banner} role="status">
        <IconCloudOff size={16} aria-hidden="true" />
        <span>{t(away.name === "offline" ? "connection.offline" : "connection.connecting")}</span>
      </div>
    );
  }
  if (storage !== "memory") return null;
  return (
    <div className={classes.banner} data-quiet role="status">
      <IconDatabaseOff size={16} aria-hidden="true" />
      <span>{t("connection.memory")}</span>
    </div>
  );
}
