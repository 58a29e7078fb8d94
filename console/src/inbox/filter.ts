import type { InboxItem } from "@clew/contract/inbox";
import type { Viewer } from "./views.ts";

/** What an inbox can be narrowed to, each by one id; the names are those of the query of `GET /staff/conversations`. */
export const FILTER_PARTS = ["queue", "channel", "agent"] as const;
export type FilterPart = (typeof FILTER_PARTS)[number];
/** The parts that are chosen; a conversation must fit them all. */
export type Filter = Readonly<Partial<Record<FilterPart, string>>>;

/** Whose work it is can be chosen by those who see everyone's. */
export function partsFor(viewer: Viewer): FilterPart[] {
  return FILTER_PARTS.filter((part) => part !== "agent" || viewer.supervisor);
}

/** The parts that are chosen, in the order in which they are shown. */
export function chosenIn(filter: Filter): { part: FilterPart; id: string }[] {
  return FILTER_PARTS.flatMap((part) => {
    const id = filter[part];
    return id === undefined ? [] : [{ part, id }];
  });
}

export function fits({ staff, channelId, session }: InboxItem, filter: Filter): boolean {
  const own = { queue: staff.queueId, channel: channelId, agent: session.agent?.id };
  return chosenIn(filter).every(({ part, id }) => own[part] === id);
}

/** The filter with one part chosen anew; `null`: that part no longer narrows. */
export function withPart(filter: Filter, part: FilterPart, id: string | null): Filter {
  const { [part]: _, ...others } = filter;
  return id === null ? others : { ...others, [part]: id };
}

/** The filter in what was kept before, as far as this viewer may choose it; what cannot be read is no filter. */
export function filterIn(kept: string | null, viewer: Viewer): Filter {
  const told = parsed(kept);
  if (typeof told !== "object" || told === null) return {};
  const parts = partsFor(viewer).map((part) => [part, (told as Record<string, unknown>)[part]] as const);
  return Object.fromEntries(parts.filter(([, id]) => typeof id === "string" && id !== ""));
}

function parsed(text: string | null): unknown {
  try {
    return JSON.parse(text ?? "null");
  } catch {
    return null;
  }
}
