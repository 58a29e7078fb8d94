import type { Hours } from "@clew/contract/hours";
import { IconClock } from "@tabler/icons-react";
import { useItems } from "../api/items.ts";
import { Row } from "../page/rows.tsx";
import { ListPage } from "../page/settings-page.tsx";
import { a } from "../strings/words.ts";
import { weeklyMinutes } from "./minutes.ts";

export function HoursList() {
  return (
    <ListPage
      query={useItems("Hours")}
      title={a("nav.hours")}
      about={a("hours.about")}
      add={{ to: "hours/new", label: a("hours.new") }}
      empty={{ icon: IconClock, title: a("hours.empty"), about: a("hours.emptyAbout") }}
      row={(hours: Hours) => (
        <Row
          key={hours.id}
          to={`hours/${hours.id}`}
          name={hours.name}
          about={`${hours.timeZone} · ${a("hours.weekly", { hours: Math.round(weeklyMinutes(hours.week) / 6) / 10 })} · ${a("hours.exceptionsCount", { count: hours.exceptions.length })}`}
        />
      )}
    />
  );
}
