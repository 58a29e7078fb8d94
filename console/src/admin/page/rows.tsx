import { Text } from "@mantine/core";
import { IconChevronRight } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { AdminLink } from "./admin-link.tsx";
import classes from "./page.module.css";

/** A list of things, each a link to its page. */
export function Rows({ label, children }: { label: string; children: ReactNode }) {
  return (
    <ul className={classes.rows} aria-label={label}>
      {children}
    </ul>
  );
}

type RowProps = {
  to: string;
  name: ReactNode;
  about?: ReactNode;
  lead?: ReactNode;
  trail?: ReactNode;
  quiet?: boolean;
};

export function Row({ to, name, about, lead, trail, quiet = false }: RowProps) {
  return (
    <li>
      <AdminLink to={to} className={classes.row} data-quiet={quiet || undefined}>
        {lead}
        <span className={classes.rowText}>
          <span className={classes.rowName}>{name}</span>
          {about && (
            <Text span c="dimmed" fz="sm" className={classes.rowAbout}>
              {about}
            </Text>
          )}
        </span>
        {trail && <span className={classes.rowTrail}>{trail}</span>}
        <IconChevronRight size={16} aria-hidden className={`${classes.rowArrow} clew-flip`} />
      </AdminLink>
    </li>
  );
}
