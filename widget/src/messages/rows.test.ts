import type { MessageItem, TimelineItem } from "@clew/client";
import { describe, expect, it } from "vitest";
import { initials } from "./avatar.tsx";
import { rowsOf } from "./rows.ts";

const NOON = new Date(2026, 4, 13, 12).getTime();
let number = 0;
function said(name: string | null, minutes: number): MessageItem {
  number += 1;
  const by = name === null ? { who: "customer" as const } : { who: "agent" as const, name };
  return {
    kind: "message",
    key: `m${number}`,
    text: "x",
    attachments: [],
    by,
    at: NOON + minutes * 60_000,
    mine: name === null,
    delivery: null,
    number,
    event: null,
  };
}
const kinds = (items: TimelineItem[]) =>
  rowsOf(items).map((row) => (row.kind === "group" ? `${row.name ?? "me"}:${row.messages.length}` : row.kind));

describe("the log's lines", () => {
  it("[W50] messages of one sender soon after each other stand together, others apart", () => {
    expect(
      kinds([said("Ann", 0), said("Ann", 1), said(null, 2), said("Ann", 3), said("Ann", 20), said("Bob", 21)]),
    ).toEqual(["day", "Ann:2", "me:1", "Ann:1", "Ann:1", "Bob:1"]);
  });

  it("[W50] each day has its line, the first session none, each later one its own", () => {
    const session = (which: number, minutes: number) =>
      ({
        kind: "session",
        key: `s${which}`,
        number: 1,
        at: NOON + minutes * 60_000,
        event: { session: { number: which } },
      }) as unknown as TimelineItem;
    expect(kinds([session(1, 0), said(null, 0), session(2, 1440), said(null, 1441)])).toEqual([
      "day",
      "me:1",
      "day",
      "session",
      "me:1",
    ]);
  });

  it("[W51] events that are the staff's business make no line", () => {
    const event = (type: string, more: object = {}) =>
      ({ kind: "notice", key: type, number: 1, at: NOON, event: { type, ...more } }) as unknown as TimelineItem;
    expect(
      kinds([
        event("session.offered"),
        event("facts.recorded"),
        event("session.inactive"),
        event("session.waiting", { reason: "started" }),
      ]),
    ).toEqual([]);
    expect(kinds([event("session.transferred", {})])).toEqual(["day", "notice"]);
  });

  it("[RC26] whoever comes back to somebody else reads why; coming back to the same agent makes no line", () => {
    const returned = (because?: string) =>
      ({
        kind: "notice",
        key: "r",
        number: 1,
        at: NOON,
        event: { type: "customer.returned", because },
      }) as unknown as TimelineItem;
    expect(rowsOf([returned()])).toEqual([]);
    expect(rowsOf([returned("at-capacity")]).at(-1)).toMatchObject({ kind: "notice", notice: { say: "becauseBusy" } });
  });

  it("[W52] initials fit any name", () => {
    expect(["Ann Lee", "ann", "Max von Berg", "山田 太郎", "  ", "🙂 Zoe"].map(initials)).toEqual([
      "AL",
      "A",
      "MB",
      "山太",
      "•",
      "Z",
    ]);
  });
});
