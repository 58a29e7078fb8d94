import { Type } from "typebox";
import { endpoint } from "./endpoint.ts";
import { ReturnsReport } from "./reports.ts";

/** The endpoints of reports. */
export const REPORTS_API = [
  endpoint({
    name: "reportReturns",
    method: "GET",
    path: "/reports/returns",
    who: "supervisor",
    summary: "How customers who dropped out came back, or did not: of today and the days before, at most 366 in all",
    query: Type.Object(
      { days: Type.Optional(Type.String({ pattern: "^([1-9]|[1-9]\\d|[12]\\d\\d|3[0-5]\\d|36[0-6])$" })) },
      { additionalProperties: false },
    ),
    response: ReturnsReport,
  }),
];
