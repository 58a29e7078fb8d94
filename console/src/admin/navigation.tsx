import {
  type Icon,
  IconBolt,
  IconBuilding,
  IconClock,
  IconHistory,
  IconKey,
  IconMessages,
  IconPhoto,
  IconPlugConnected,
  IconStack2,
  IconTable,
  IconUsers,
} from "@tabler/icons-react";
import classes from "./navigation.module.css";
import { AdminLink } from "./page/admin-link.tsx";
import { type AdminWord, a } from "./strings/words.ts";

const GROUPS: { label: AdminWord; links: { to: string; label: AdminWord; icon: Icon }[] }[] = [
  {
    label: "nav.group.service",
    links: [
      { to: "channels", label: "nav.channels", icon: IconMessages },
      { to: "queues", label: "nav.queues", icon: IconStack2 },
      { to: "hours", label: "nav.hours", icon: IconClock },
    ],
  },
  {
    label: "nav.group.people",
    links: [
      { to: "agents", label: "nav.agents", icon: IconUsers },
      { to: "replies", label: "nav.replies", icon: IconBolt },
    ],
  },
  {
    label: "nav.group.data",
    links: [
      { to: "records", label: "nav.records", icon: IconTable },
      { to: "connectors", label: "nav.connectors", icon: IconPlugConnected },
      { to: "assets", label: "nav.assets", icon: IconPhoto },
    ],
  },
  {
    label: "nav.group.system",
    links: [
      { to: "organisation", label: "nav.organisation", icon: IconBuilding },
      { to: "keys", label: "nav.keys", icon: IconKey },
      { to: "audit", label: "nav.audit", icon: IconHistory },
    ],
  },
];

/** The parts of the settings; `at` is the one that is shown. A strip that scrolls sideways when the window is narrow. */
export function Navigation({ at }: { at: string }) {
  return (
    <nav className={classes.navigation} aria-label={a("nav.label")}>
      <p className={classes.title}>{a("admin.title")}</p>
      {GROUPS.map((group) => (
        <div key={group.label} className={classes.group}>
          <p className={classes.label} id={group.label}>
            {a(group.label)}
          </p>
          <ul aria-labelledby={group.label}>
            {group.links.map(({ to, label, icon: Icon }) => (
              <li key={to}>
                <AdminLink to={to} className={classes.link} aria-current={to === at ? "page" : undefined}>
                  <Icon size={17} stroke={1.7} aria-hidden />
                  {a(label)}
                </AdminLink>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}
