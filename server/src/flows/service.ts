import type { Configuration } from "@clew/domain/configuration";
import { createConnectors } from "../connectors/connectors.ts";
import { formSecrets } from "../connectors/form-secrets.ts";
import type { Handlers } from "../http/handlers.ts";
import { keyFor } from "../identity/secrets.ts";
import { recordHandlers } from "../records/handlers.ts";
import { recordObjectHandlers } from "../records/object-handlers.ts";
import { createRecords } from "../records/records.ts";
import { createFlows, type FlowParts } from "./flows.ts";
import { flowsKey } from "./sealing-key.ts";

type Parts = Omit<FlowParts, "key" | "records" | "http"> & { secret: string; configuration: () => Configuration };

/** Flows with what they work on beside conversations and forms: records, and other systems. */
export async function createFlowService(parts: Parts) {
  const { database, clock, ids, secret, configuration, stateOf } = parts;
  const key = flowsKey(secret);
  const records = await createRecords({ ...parts, key });
  const connectors = createConnectors({
    ...parts,
    key: keyFor(secret, "connectors"),
    secretOf: formSecrets({ database, key }),
  });
  const flows = await createFlows({ ...parts, key, records, http: connectors.doers });
  return {
    ...flows,
    http: connectors.doers["http.call"],
    handlers: {
      ...flows.handlers,
      ...connectors.handlers,
      ...recordObjectHandlers({ ...parts, records }),
      ...recordHandlers({ database, records, clock, ids, configuration, flows: flows.flows, stateOf }),
    } satisfies Handlers,
  };
}
export type FlowService = Awaited<ReturnType<typeof createFlowService>>;
