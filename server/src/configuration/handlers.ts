import type { PreparePassword } from "../agents/passwords.ts";
import { agentHandlers } from "../agents/routes.ts";
import { auditHandlers } from "../audit/routes.ts";
import { channelHandlers } from "../channels/routes.ts";
import { bootHandlers } from "../deployments/boot.ts";
import { deploymentHandlers } from "../deployments/routes.ts";
import { hoursHandlers } from "../hours/routes.ts";
import type { Handlers } from "../http/handlers.ts";
import { organisationHandlers } from "../organisation/routes.ts";
import { queueHandlers } from "../queues/routes.ts";
import { quickReplyHandlers } from "../quick-replies/routes.ts";
import { skillHandlers } from "../skills/routes.ts";
import type { ConfigurationContext } from "./change.ts";

/** Everything that the configuration's handlers are made of. */
export type ConfigurationParts = ConfigurationContext & {
  preparePassword: PreparePassword;
  /** The server's own origin as browsers see it, or null while it is not known. */
  ownOrigin(): string | null;
};

/** The handlers of contract/api-configuration.ts and of `boot`; passwords and API keys are identity's. */
export function configurationHandlers(parts: ConfigurationParts): Handlers {
  return {
    ...bootHandlers(parts),
    ...channelHandlers(parts),
    ...deploymentHandlers(parts),
    ...queueHandlers(parts),
    ...skillHandlers(parts),
    ...hoursHandlers(parts),
    ...quickReplyHandlers(parts),
    ...agentHandlers(parts, parts.preparePassword),
    ...organisationHandlers(parts),
    ...auditHandlers(parts),
  };
}
