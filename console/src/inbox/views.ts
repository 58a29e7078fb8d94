import type { InboxItem } from "@clew/contract/inbox";

/** The lists an inbox can show. `all` is for supervisors and admins; `bots` is shown while a bot serves somebody. */
export const VIEWS = ["mine", "waiting", "inactive", "bots", "all", "ended"] as const;
export type View = (typeof VIEWS)[number];

/** Who looks: their id, the queues they are a member of, and whether they may see everyone's work. */
export type Viewer = { agentId: string; queues: readonly string[]; supervisor: boolean };

export function viewsFor(viewer: Viewer): View[] {
  return VIEWS.filter((view) => view !== "all" || viewer.supervisor);
}

/** Whether a conversation belongs in a list. */
export function belongs(item: InboxItem, view: View, viewer: Viewer): boolean {
  const { status, agent } = item.session;
  const mine = agent?.id === viewer.agentId;
  switch (view) {
    case "mine":
      return mine && (status === "active" || status === "inactive");
    case "waiting":
      return (status === "waiting" || status === "new") && (viewer.supervisor || inQueues(item, viewer));
    case "inactive":
      return status === "inactive" && (mine || viewer.supervisor || (agent === null && inQueues(item, viewer)));
    case "bots":
      return item.session.bot != null && (viewer.supervisor || inQueues(item, viewer));
    case "all":
      return viewer.supervisor && status !== "ended";
    case "ended":
      return status === "ended" || status === "error";
  }
}

function inQueues(item: InboxItem, viewer: Viewer): boolean {
  return item.staff.queueId !== null && viewer.queues.includes(item.staff.queueId);
}

/** The lines of one list in the order in which they are worked: the longest wait first, else the newest word first. */
export function listOf(items: Iterable<InboxItem>, view: View, viewer: Viewer, search = ""): InboxItem[] {
  const wanted = words(search);
  const chosen = [...items].filter((item) => belongs(item, view, viewer) && matches(item, wanted));
  return chosen.sort(view === "waiting" ? byWait : byNews);
}

/** How many conversations each list holds, and how many of one's own have unread messages. */
export function countsOf(items: Iterable<InboxItem>, viewer: Viewer): Record<View, number> & { unread: number } {
  const counts = { mine: 0, waiting: 0, inactive: 0, bots: 0, all: 0, ended: 0, unread: 0 };
  for (const item of items) {
    for (const view of VIEWS) if (belongs(item, view, viewer)) counts[view] += 1;
    if (item.unread > 0 && belongs(item, "mine", viewer)) counts.unread += 1;
  }
  return counts;
}

/** The neighbour of a conversation in a list; from none, or past an end, the nearest there is. */
export function neighbour(list: readonly InboxItem[], id: string | undefined, step: 1 | -1): InboxItem | undefined {
  const at = list.findIndex((item) => item.conversationId === id);
  if (at < 0) return step === 1 ? list[0] : list.at(-1);
  return list[Math.min(list.length - 1, Math.max(0, at + step))];
}

function byWait(one: InboxItem, other: InboxItem): number {
  return (
    other.staff.priority - one.staff.priority ||
    (one.session.waitingSince ?? one.session.startedAt) - (other.session.waitingSince ?? other.session.startedAt)
  );
}

function byNews(one: InboxItem, other: InboxItem): number {
  return newsAt(other) - newsAt(one);
}

/** When something was last said, or else when the session started. */
export function newsAt(item: InboxItem): number {
  return item.lastMessage?.at ?? item.session.startedAt;
}

function words(text: string): string[] {
  return fold(text).split(/\s+/).filter(Boolean);
}

/** The name of who serves a session, agent or bot. */
export function serving({ agent, bot }: InboxItem["session"]): string {
  return agent?.name ?? bot?.name ?? "";
}

/** Lower case without accents, so that "jose" finds "José". */
export function fold(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLocaleLowerCase();
}

function matches(item: InboxItem, wanted: readonly string[]): boolean {
  if (wanted.length === 0) return true;
  const { name, email, subject } = item.customer;
  const text = fold([item.title, name, email, subject, item.lastMessage?.text, serving(item.session)].join(" "));
  return wanted.every((word) => text.includes(word));
}
