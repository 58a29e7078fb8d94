import type { Queue, QueueSettings } from "@clew/contract/routing";
import type { Change } from "../configuration/change.ts";
import { checkReconnectClocks } from "../configuration/reconnect-clocks.ts";
import { refuseUnknown } from "../configuration/references.ts";
import { refuseSettings, type SettingRefusal } from "../configuration/setting-refusals.ts";
import type { SettingsNoun } from "../configuration/settings-handlers.ts";
import { readAll } from "../configuration/settings-store.ts";
import { channelsThat, flowsThatName, queuesThat, quickRepliesThat } from "../configuration/users.ts";
import type { Query } from "../database/database.ts";
import { onceEach } from "../skills/levels.ts";

export const QUEUES: SettingsNoun<QueueSettings> = {
  noun: "queue",
  table: "queues",
  uniqueBy: "name",

  tidy: (settings) => ({
    ...settings,
    name: settings.name.trim(),
    members: [...new Set(settings.members)],
    skills: onceEach(settings.skills),
  }),

  async check(change, settings, id) {
    const { overWait } = settings;
    refuseSettings(checkAlone(settings));
    await refuseUnknown(change.query, [
      { table: "hours", id: settings.hoursId, field: "/hoursId" },
      { table: "queues", id: overWait.next === "queue" ? overWait.queueId : null, field: "/overWait/queueId" },
      ...settings.members.map((member, index) => ({
        table: "agents" as const,
        id: member,
        field: `/members/${index}`,
      })),
      ...settings.skills.map(({ skillId }, index) => ({
        table: "skills" as const,
        id: skillId,
        field: `/skills/${index}/skillId`,
      })),
    ]);
    await refuseCircle(change, settings, id);
  },

  async usersOf({ query }, { id, name }) {
    return [
      ...(await channelsThat(query, (settings) => settings.queueId === id)),
      ...(await queuesThat(query, ({ overWait }) => overWait.next === "queue" && overWait.queueId === id)),
      ...(await quickRepliesThat(query, (reply) => reply.queueIds.includes(id))),
      ...(await flowsThatName(query, "queue", { id, name })),
      ...(await openSessions(query, id)),
    ];
  },
};

function checkAlone({ name, offerFor, maxWait, overWait, reconnect }: QueueSettings): SettingRefusal[] {
  const refusals: SettingRefusal[] = checkReconnectClocks(reconnect);
  if (name === "") refusals.push({ field: "/name", reason: "name-blank", detail: "The queue needs a name." });
  if (offerFor === 0) {
    refusals.push({ field: "/offerFor", reason: "duration-zero", detail: "An offer needs time to be seen." });
  }
  if (maxWait === 0) {
    const detail = "Zero would give up at once; leave it empty for no limit.";
    refusals.push({ field: "/maxWait", reason: "duration-zero", detail });
  }
  if (overWait.next === "message" && Object.values(overWait.text).every((text) => text.trim() === "")) {
    refusals.push({ field: "/overWait/text", reason: "text-missing", detail: "Write the message in one language." });
  }
  return refusals;
}

/** Queues that hand over to each other in a circle would pass a customer around for ever. */
async function refuseCircle({ query }: Change, settings: QueueSettings, id: string | null): Promise<void> {
  const queues = new Map((await readAll<Queue>(query, "queues")).map((queue) => [queue.id, queue.overWait]));
  const seen = new Set<string>();
  let next = settings.overWait;
  while (next.next === "queue" && !seen.has(next.queueId) && next.queueId !== id) {
    seen.add(next.queueId);
    next = queues.get(next.queueId) ?? { next: "end" };
  }
  if (next.next !== "queue") return;
  const detail = "After the maximum wait the queues would hand the customer round in a circle.";
  refuseSettings([{ field: "/overWait/queueId", reason: "over-wait-circle", detail }]);
}

async function openSessions(query: Query, queueId: string): Promise<string[]> {
  const row = await query
    .selectFrom("sessions")
    .select((select) => select.fn.countAll<number>().as("count"))
    .where("queue_id", "=", queueId)
    .where("ended_at", "is", null)
    .executeTakeFirst();
  const count = Number(row?.count ?? 0);
  return count === 0 ? [] : [`${count} open session${count > 1 ? "s" : ""}`];
}
