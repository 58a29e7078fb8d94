import { Tooltip } from "@mantine/core";
import {
  IconActivityHeartbeat,
  IconAddressBook,
  IconInbox,
  IconKeyboard,
  IconRoute,
  IconSearch,
  IconSettings,
  IconSitemap,
} from "@tabler/icons-react";
import { Link, useMatches, useNavigate } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useMe } from "../desk.tsx";
import { useAbleCommands, useCommand } from "../keyboard/keyboard.tsx";
import { PresenceMenu } from "../presence/presence-menu.tsx";
import { t } from "../strings/strings.ts";
import iconUrl from "./icon.svg";
import classes from "./rail.module.css";

/** The icons at the start of the screen: where one can go. */
export function Rail() {
  const { agent } = useMe();
  const { run } = useAbleCommands();
  const navigate = useNavigate();
  const seesTeam = agent.role !== "agent";
  useCommand("go-inbox", () => void navigate({ to: "/" }));
  useCommand("go-supervision", seesTeam ? () => void navigate({ to: "/supervision" }) : null);
  useCommand("go-flows", seesTeam ? () => void navigate({ to: "/flows/$", params: { _splat: "" } }) : null);
  useCommand(
    "go-admin",
    agent.role === "admin" ? () => void navigate({ to: "/admin/$", params: { _splat: "" } }) : null,
  );
  return (
    <nav className={classes.rail} aria-label={t("rail.label")}>
      <img className={classes.logo} src={iconUrl} alt={t("app.name")} />
      <Place to="/" label={t("rail.inbox")} icon={<IconInbox size={20} stroke={1.7} />} />
      {seesTeam && (
        <Place
          to="/supervision"
          label={t("rail.supervision")}
          icon={<IconActivityHeartbeat size={20} stroke={1.7} />}
        />
      )}
      {seesTeam && <Place to="/flows/$" label={t("rail.flows")} icon={<IconSitemap size={20} stroke={1.7} />} />}
      <Place to="/records/$" label={t("rail.records")} icon={<IconAddressBook size={20} stroke={1.7} />} />
      {seesTeam && <Place to="/runs" label={t("rail.runs")} icon={<IconRoute size={20} stroke={1.7} />} />}
      {agent.role === "admin" && (
        <Place to="/admin/$" label={t("rail.admin")} icon={<IconSettings size={20} stroke={1.7} />} />
      )}
      <Tool label={t("rail.palette")} icon={<IconSearch size={20} stroke={1.7} />} onClick={() => run("palette")} />
      <span className={classes.grow} />
      <Tool label={t("rail.help")} icon={<IconKeyboard size={20} stroke={1.7} />} onClick={() => run("help")} wide />
      <PresenceMenu />
    </nav>
  );
}

type PlaceProps = {
  to: "/" | "/supervision" | "/records/$" | "/flows/$" | "/runs" | "/admin/$";
  label: string;
  icon: ReactNode;
};

function Place({ to, label, icon }: PlaceProps) {
  const inbox = useMatches({ select: (matches) => matches.some(({ routeId }) => routeId === "/conversations/$id") });
  const active = to === "/" && inbox ? { "data-active": true } : {};
  return (
    <Tooltip label={label} position="right">
      <Link
        to={to}
        {...(to.endsWith("/$") ? { params: { _splat: "" } } : {})}
        className={classes.place}
        aria-label={label}
        activeProps={{ "data-active": true }}
        activeOptions={{ exact: to === "/", includeSearch: false }}
        {...active}
      >
        {icon}
      </Link>
    </Tooltip>
  );
}

function Tool({ label, icon, onClick, wide }: { label: string; icon: ReactNode; onClick(): void; wide?: boolean }) {
  return (
    <Tooltip label={label} position="right">
      <button
        type="button"
        className={classes.place}
        data-wide={wide || undefined}
        aria-label={label}
        onClick={onClick}
      >
        {icon}
      </button>
    </Tooltip>
  );
}
