import type { CoreState } from "../core-state.ts";
import type { ConversationView } from "../timeline/view.ts";

/** A change of the state as it travels between tabs; a view that only grew travels as what came on. */
export type Patch = {
  part: Partial<CoreState>;
  grown?: { snapshot: ConversationView["snapshot"]; events: ConversationView["events"] };
};

export function patchOf(before: CoreState, part: Partial<CoreState>): Patch {
  const { view, ...rest } = part;
  const old = before.view;
  if (!("view" in part)) return { part };
  const grew =
    view && old && view.epoch === old.epoch && view.snapshot.id === old.snapshot.id && view.events[0] === old.events[0];
  if (!grew || view.events.length < old.events.length) return { part };
  return { part: rest, grown: { snapshot: view.snapshot, events: view.events.slice(old.events.length) } };
}

/** The part of the state that a patch stands for, seen from the state before it. */
export function applyPatch(before: CoreState, { part, grown }: Patch): Partial<CoreState> {
  if (!grown || !before.view) return part;
  const events = grown.events.length ? [...before.view.events, ...grown.events] : before.view.events;
  return { ...part, view: { ...before.view, snapshot: grown.snapshot, events } };
}
