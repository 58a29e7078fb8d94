import type { Attachments } from "../attachments/attachments.ts";
import type { FlowService } from "../flows/service.ts";
import type { ServedForms } from "../forms/forms.ts";
import type { OpenCore } from "./core.ts";

/** Files that no message ever named are looked for this often, in milliseconds. */
const TIDY_EVERY_MS = 3_600_000;

type Parts = OpenCore & {
  flows: FlowService;
  forms: ServedForms;
  files: Attachments;
  recheckAll(): Promise<void>;
};

/** What the sweeper's rounds do beside deadlines and presence: flows, forms, lost files, changes of other processes. */
export function createRounds({ database, cache, clock, flows, forms, files, recheckAll }: Parts) {
  let tidiedAt = clock.now();
  return async (now: number): Promise<void> => {
    await flows.sweep(now);
    await forms.sweep(now);
    if (now - tidiedAt > TIDY_EVERY_MS) {
      tidiedAt = now;
      await files.removeUnclaimed((conversationIds) => forms.filesNamedIn(conversationIds));
    }
    if (database.engine === "postgres" && (await cache.reloadIfChanged())) await recheckAll();
  };
}
