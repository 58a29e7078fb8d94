import { clientCommands } from "../commands/client-commands.ts";
import type { Door } from "../commands/execute.ts";
import type { ServedForms } from "../forms/forms.ts";
import { publicCustomer } from "../identity/customers.ts";
import { readCustomer } from "../identity/customers-store.ts";
import type { ReconnectLinks } from "../reconnect/links.ts";
import type { Core } from "./core.ts";

type Parts = Core & { door: Door; forms: ServedForms; links: ReconnectLinks };

/** The way of clients' commands to the door, over the stream and over HTTP. */
export function createCommands({ database, door, forms, links }: Parts) {
  return clientCommands({
    door,
    async customerOf(customerId) {
      const customer = await readCustomer(database.query, customerId);
      return customer ? publicCustomer(customer) : null;
    },
    checkForm: (asked, actor) =>
      asked.type === "form.submit" ? forms.checkElsewhere(asked, actor) : forms.mustBeOf(asked, actor),
    reconnectLink: links.inWords,
  });
}
