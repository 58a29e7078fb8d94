import { Tooltip } from "@mantine/core";
import { IconActivityHeartbeat, IconInbox, IconSettings } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { t } from "../strings/strings.ts";
import iconUrl from "./icon.svg";
import classes from "./rail.module.css";

/** The icons at the start of the screen: where one can go. */
export function Rail() {
  return (
    <nav className={classes.rail} aria-label={t("rail.label")}>
      <img className={classes.logo} src={iconUrl} alt={t("app.name")} />
      <Place to="/" label={t("rail.inbox")} icon={<IconInbox size={20} stroke={1.7} />} exact />
      <Place to="/supervision" label={t("rail.supervision")} icon={<IconActivityHeartbeat size={20} stroke={1.7} />} />
      <Place to="/admin/$" label={t("rail.admin")} icon={<IconSettings size={20} stroke={1.7} />} />
    </nav>
  );
}

function Place(props: { to: "/" | "/supervision" | "/admin/$"; label: string; icon: React.ReactNode; exact?: boolean }) {
  const params = props.to === "/admin/$" ? { _splat: "" } : undefined;
  return (
    <Tooltip label={props.label} position="right">
      <Link to={props.to} params={params as never} className={classes.place} aria-label={props.label} activeProps={{ "data-active": true }} activeOptions={{ exact: props.exact ?? false }}>
        {props.icon}
      </Link>
    </Tooltip>
  );
}
