import type { Attachments } from "../attachments/attachments.ts";
import { Door } from "../commands/execute.ts";
import { flowsKey } from "../flows/sealing-key.ts";
import type { FlowService } from "../flows/service.ts";
import { createForms, type ServedForms } from "../forms/forms.ts";
import type { Core } from "./core.ts";

type Parts = Core & {
  secret: string;
  files: Attachments;
  /** Asked for once they are there: flows themselves work through the door. */
  flows: () => FlowService;
  /** Other processes are to look for drafts that changed. */
  wakeOthers(): void;
  /** Says to other processes what is not stored; null: there are none. */
  tellOthers: ((texts: readonly string[]) => Promise<void>) | null;
};

/** The door of conversations with the forms that are sent through it: each takes the other in. */
export function openDoor({ secret, files, flows, wakeOthers, tellOthers, ...core }: Parts): {
  door: Door;
  forms: ServedForms;
} {
  const { database, store, configuration, clock, ids, log } = core;
  const forms: ServedForms = createForms({
    ...{ database, clock, ids, log, configuration, files, key: flowsKey(secret) },
    ...{ wakeOthers, tellOthers },
    ...{ library: () => flows().library, http: () => flows().http },
    execute: (asked, actor) => door.execute(asked, actor),
    stateOf: (id) => store.state(id),
  });
  const door = new Door({ database, clock, ids, configuration, files, forms: forms.submitting });
  return { door, forms };
}
