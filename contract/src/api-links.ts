import { Type } from "typebox";
import { endpoint } from "./endpoint.ts";
import { Id } from "./ids.ts";
import { CheckLink, OpenLink, ReconnectLink, ReconnectOutcome, SendLink } from "./reconnect.ts";

const idParam = Type.Object({ id: Id }, { additionalProperties: false });

/** The endpoints of links to come back with. */
export const LINKS_API = [
  endpoint({
    name: "openLink",
    method: "POST",
    path: "/reconnect/open",
    who: "public",
    summary: "Come back by a link: trades it for an identity and a new link, with a reasoned outcome",
    body: OpenLink,
    response: ReconnectOutcome,
  }),
  endpoint({
    name: "createLink",
    method: "POST",
    path: "/conversations/:id/links",
    who: "customer-or-staff",
    summary: "Make a link with which the customer comes back to this conversation",
    params: idParam,
    response: ReconnectLink,
  }),
  endpoint({
    name: "checkLink",
    method: "POST",
    path: "/conversations/:id/links/check",
    who: "customer",
    summary: "Whether a link leads to this conversation, which the device holds already; nothing is used up",
    params: idParam,
    body: CheckLink,
    response: Type.Object({ own: Type.Boolean() }),
  }),
  endpoint({
    name: "sendLink",
    method: "POST",
    path: "/conversations/:id/links/mail",
    who: "customer-or-staff",
    summary: "Make a link and send it by e-mail; `unavailable` where no mail server is configured",
    params: idParam,
    body: SendLink,
    response: null,
  }),
  endpoint({
    name: "revokeLinks",
    method: "DELETE",
    path: "/conversations/:id/links",
    who: "customer-or-staff",
    summary: "Revoke all links of this conversation",
    params: idParam,
    response: null,
  }),
];
