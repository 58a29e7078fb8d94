import { Type } from "typebox";
import { type Endpoint, endpoint } from "../endpoint.ts";
import { Id } from "../ids.ts";
import { FormView } from "./form-live.ts";
import { OpenedSecret, OpenSecret } from "./form-secrets.ts";

const params = Type.Object({ id: Id, formId: Id }, { additionalProperties: false });

/** Forms. All below `/api/v1`. */
export const FORMS_API: readonly Endpoint[] = [
  endpoint({
    name: "readForm",
    method: "GET",
    path: "/conversations/:id/forms/:formId",
    who: "customer-or-staff",
    summary: "A form as the caller may see it",
    params,
    response: FormView,
  }),
  endpoint({
    name: "openFormSecret",
    method: "POST",
    path: "/conversations/:id/forms/:formId/secrets",
    who: "supervisor",
    summary: "An answer given in confidence, while it is kept, for a reason that the audit keeps",
    params,
    body: OpenSecret,
    response: OpenedSecret,
  }),
];
