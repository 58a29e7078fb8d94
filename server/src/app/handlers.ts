import type { createAssets } from "../assets/assets.ts";
import type { Attachments } from "../attachments/attachments.ts";
import type { Door } from "../commands/execute.ts";
import { configurationHandlers } from "../configuration/handlers.ts";
import { conversationHandlers } from "../conversations/routes.ts";
import { erasureHandlers } from "../erasure/erasure.ts";
import type { FlowService } from "../flows/service.ts";
import type { ServedForms } from "../forms/forms.ts";
import type { Handlers } from "../http/handlers.ts";
import type { Identity } from "../identity/identity.ts";
import type { SendMail } from "../mail/mail.ts";
import type { ReconnectLinks } from "../reconnect/links.ts";
import { reconnectHandlers } from "../reconnect/routes.ts";
import { createReports } from "../reports/reports.ts";
import { staffHandlers } from "../staff/routes.ts";
import type { StreamParts } from "../stream/parts.ts";
import type { OpenCore } from "./core.ts";
import type { Live } from "./live.ts";

type Parts = OpenCore &
  Pick<Live, "hub" | "places"> & {
    door: Door;
    command: StreamParts["command"];
    identity: Identity;
    links: ReconnectLinks;
    files: Attachments;
    assets: ReturnType<typeof createAssets>;
    flows: FlowService;
    forms: ServedForms;
    sendMail: SendMail | null;
    /** Where browsers find the server; null while that is not known. */
    ownOrigin: () => string | null;
  };

/** Who answers each call of the contract. */
export function createHandlers(parts: Parts): Handlers {
  const { database, cache, store, agentStates, configuration, clock, ids, door, command, hub, places } = parts;
  const { identity, links, files, assets, flows, forms, sendMail, ownOrigin } = parts;
  const { missed, handlers: reports } = createReports({ database, clock, configuration });
  return {
    ...identity.handlers,
    ...assets.handlers,
    ...files.handlers,
    ...configurationHandlers({ database, cache, clock, ids, preparePassword: identity.preparePassword, ownOrigin }),
    ...erasureHandlers({
      ...{ database, clock, ids, door },
      removeFiles: files.removeOf,
      forgetDevice: identity.forgetDevice,
      passToStaff: (passing) => hub.passToStaff(passing),
    }),
    ...reconnectHandlers({ links, store, configuration, signedIn: identity.signedIn, sendMail, missed }),
    ...reports,
    ...conversationHandlers({ database, store, configuration, clock }),
    ...flows.handlers,
    ...forms.handlers,
    ...staffHandlers({ command, store, agentStates, places, configuration, clock }),
  };
}
