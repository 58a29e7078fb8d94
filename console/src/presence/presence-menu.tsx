import type { AvailabilityStatus } from "@clew/contract/presence";
import { Menu, Text, VisuallyHidden } from "@mantine/core";
import { IconBell, IconCheck, IconKey, IconLogout, IconMoon, IconVolume } from "@tabler/icons-react";
import { useState } from "react";
import { useDesk, useDeskState, useMe } from "../desk.tsx";
import { useCommand } from "../keyboard/keyboard.tsx";
import { useScheme } from "../layout/use-scheme.ts";
import { useAlerts } from "../offers/alerts.ts";
import { useOrganisation } from "../queries.ts";
import { ChangePassword } from "../sign-in/change-password.tsx";
import { t } from "../strings/strings.ts";
import { choosePresence } from "./choose-presence.ts";
import { Face } from "./face.tsx";
import { Load } from "./load.tsx";
import classes from "./presence.module.css";
import { StatusDot } from "./status-dot.tsx";

/** Everything about oneself: what one is doing now, sound and notifications, password, the way out. */
export function PresenceMenu() {
  const desk = useDesk();
  const { agent } = useMe();
  const own = useDeskState((state) => state.presences[agent.id]);
  const organisation = useOrganisation();
  const [open, setOpen] = useState(false);
  const [password, setPassword] = useState(false);
  const scheme = useScheme();
  const alerts = useAlerts();
  useCommand("presence", () => setOpen(true));
  useCommand("toggle-scheme", scheme.toggle);

  const status = own?.status ?? "offline";
  const label = `${own?.reason ?? t(`presence.${status}`)}`;
  return (
    <>
      <Menu
        opened={open}
        onChange={setOpen}
        position="right-end"
        width={260}
        withinPortal={false}
        floatingStrategy="fixed"
      >
        <Menu.Target>
          <button type="button" className={classes.own}>
            <VisuallyHidden>{t("presence.menu", { name: agent.name, status: label })}</VisuallyHidden>
            <span className={classes.face} aria-hidden="true">
              <Face name={agent.name} size={34} />
              <StatusDot status={status} className={classes.badge ?? ""} />
            </span>
            {own && (
              <span className={classes.load} aria-hidden="true">
                {own.load}/{own.capacity}
              </span>
            )}
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          <div className={classes.who}>
            <strong>{agent.name}</strong>
            <Text span size="xs" c="dimmed">
              {agent.email}
            </Text>
          </div>
          {own && (
            <div className={classes.who}>
              <Text span size="xs" c="dimmed" mb={4}>
                {t("presence.load", { load: own.load, capacity: own.capacity })}
              </Text>
              <Load load={own.load} capacity={own.capacity} silent />
              {own.chosen !== own.status && (
                <Text span size="xs" c="var(--clew-warn)" mt={6} style={{ whiteSpace: "normal" }}>
                  {t("presence.differs", { chosen: t(`presence.${own.chosen}`), status: t(`presence.${own.status}`) })}
                </Text>
              )}
            </div>
          )}
          <Menu.Divider />
          {choices(organisation?.presenceReasons ?? []).map((choice) => {
            const chosen = own?.chosen === choice.status && (own.reason ?? null) === choice.reason;
            return (
              <Menu.Item
                key={`${choice.status}-${choice.reason}`}
                leftSection={<StatusDot status={choice.status} />}
                rightSection={chosen ? <IconCheck size={14} aria-label={t("presence.chosen")} /> : null}
                onClick={() => void choosePresence(desk, choice.status, choice.reason)}
                pl={choice.reason ? 28 : undefined}
              >
                {choice.reason ?? t(`presence.${choice.status}`)}
              </Menu.Item>
            );
          })}
          <Menu.Divider />
          <Menu.Item leftSection={<IconVolume size={16} />} closeMenuOnClick={false} onClick={alerts.toggleSound}>
            {alerts.sound ? t("alerts.soundOn") : t("alerts.soundOff")}
          </Menu.Item>
          <Menu.Item
            leftSection={<IconBell size={16} />}
            closeMenuOnClick={false}
            disabled={alerts.desktop === "blocked"}
            onClick={alerts.toggleDesktop}
          >
            {t(`alerts.desktop.${alerts.desktop}`)}
          </Menu.Item>
          <Menu.Item leftSection={<IconMoon size={16} />} closeMenuOnClick={false} onClick={scheme.toggle}>
            {scheme.dark ? t("scheme.toLight") : t("scheme.toDark")}
          </Menu.Item>
          <Menu.Item leftSection={<IconKey size={16} />} onClick={() => setPassword(true)}>
            {t("password.title")}
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item leftSection={<IconLogout size={16} />} onClick={() => desk.signOut()}>
            {t("signOut.here")}
          </Menu.Item>
          <Menu.Item leftSection={<IconLogout size={16} />} onClick={() => desk.signOut({ everywhere: true })}>
            {t("signOut.everywhere")}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <ChangePassword opened={password} onClose={() => setPassword(false)} />
    </>
  );
}

const STATES = ["available", "busy", "away", "offline"] as const;
type Choice = { status: AvailabilityStatus; reason: string | null };

/** The four states, the organisation's own reasons below the state that they belong to. */
function choices(reasons: readonly { status: "busy" | "away"; name: string }[]): Choice[] {
  return STATES.flatMap((status) => [
    { status, reason: null },
    ...reasons.filter((reason) => reason.status === status).map(({ name }) => ({ status, reason: name })),
  ]);
}
