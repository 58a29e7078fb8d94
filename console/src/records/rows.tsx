import type { StoredRecord } from "@clew/contract/flows/records";
import { Link } from "@tanstack/react-router";
import { age } from "../clock/ages.ts";
import { useServerNow } from "../clock/use-server-now.ts";
import classes from "./records.module.css";
import { r } from "./words.ts";

/** Records as links to their pages. */
export function Rows({ records, label }: { records: readonly StoredRecord[]; label: string }) {
  const now = useServerNow(30);
  return (
    <ul className={classes.list} aria-label={label}>
      {records.map(({ id, object, number, title, updatedAt, values }) => (
        <li key={id}>
          <Link className={classes.row} to={`/records/${object}/${id}` as never}>
            <span className={classes.number}>{number}</span>
            <span className={classes.name} dir="auto">
              {title || <span className={classes.quiet}>{r("records.untitled")}</span>}
              <About of={values.status ?? values.email} />
            </span>
            <span className={classes.when}>{age(updatedAt, now)}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}

/** What tells one record from another beside its name: how a case stands, where a contact is reached. */
function About({ of }: { of: unknown }) {
  return typeof of === "string" && of !== "" ? <span className={classes.aside}>{of}</span> : null;
}
