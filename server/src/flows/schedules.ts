import type { Schedule } from "@clew/contract/flows/trigger";
import { exactMilliseconds, parseDuration } from "@clew/domain/flows/expressions/durations";
import { DAY, isoDate, localOf, timeOfDay } from "@clew/domain/flows/expressions/instants";
import { fromLocal, toLocal } from "@clew/domain/flows/expressions/zoned";
import type { Clock } from "../clock.ts";
import type { Database } from "../database/database.ts";
import { derivedId } from "./derived-id.ts";
import type { FlowDoor } from "./door.ts";
import { holds } from "./heard.ts";
import type { FlowLibrary } from "./library.ts";

type Parts = { database: Database; library: FlowLibrary; flows: FlowDoor; clock: Clock; zone(): string };

/** Flows that begin by the clock: one row each with the next time. A time that was missed is made up for once. */
export class Schedules {
  readonly #parts: Parts;
  #checkedAt = 0;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  async round(now: number): Promise<void> {
    const { database, library, flows, zone } = this.#parts;
    const scheduled = library.live().filter(({ flow }) => flow.trigger?.on === "schedule" && flow.trigger.schedule);
    if (scheduled.length === 0 || now - this.#checkedAt < 1_000) return;
    this.#checkedAt = now;
    const rows = await database.query.selectFrom("flow_schedules").selectAll().execute();
    for (const { flow, version } of scheduled) {
      const schedule = flow.trigger?.schedule as Schedule;
      const row = rows.find(({ key }) => key === flow.key);
      if (row && row.due_at > now) continue;
      const due = nextTime(schedule, row?.due_at ?? now, now);
      await database.query
        .insertInto("flow_schedules")
        .values({ key: flow.key, due_at: due })
        .onConflict((conflict) => conflict.column("key").doUpdateSet({ due_at: due }))
        .execute();
      if (!row) continue;
      const inputs = { dueAt: new Date(row.due_at).toISOString() };
      if (!holds(flow.trigger?.filter, inputs, { now, zone: zone(), locale: "en" })) continue;
      const id = derivedId(`${flow.key} ${row.due_at}`, "schedule");
      await flows.start({
        id,
        key: flow.key,
        version: library.versionFor(flow.key, id, now) ?? version,
        alias: "live",
        inputs,
        conversationId: null,
        sessionId: null,
        recordId: null,
        starterId: null,
        locale: "en",
        zone: zone(),
      });
    }
  }
}

/** The first time of a schedule after `now`; an interval counts on from the time before. */
export function nextTime(schedule: Schedule, before: number, now: number): number {
  if ("every" in schedule) {
    const duration = parseDuration(schedule.every);
    const length = Math.max(60_000, (duration && exactMilliseconds(duration)) ?? DAY);
    return before + (Math.floor((now - before) / length) + 1) * length;
  }
  const { at, zone, days } = schedule;
  const today = toLocal(now, zone);
  for (let ahead = 0; ahead <= 8; ahead += 1) {
    const date = isoDate(today + ahead * DAY);
    const weekday = new Date(localOf(date)).getUTCDay() || 7;
    const instant = fromLocal(localOf(date, timeOfDay(at) ?? 0), zone);
    if (instant > now && (!days || days.includes(weekday))) return instant;
  }
  return now + DAY;
}
