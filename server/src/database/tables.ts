import type { AssetTables } from "../assets/tables.ts";
import type { AttachmentTables } from "../attachments/tables.ts";
import type { ConfigurationTables } from "../configuration/tables.ts";
import type { FlowTables } from "../flows/tables.ts";
import type { IdentityTables } from "../identity/tables.ts";
import type { ReconnectTables } from "../reconnect/tables.ts";
import type { ReportTables } from "../reports/tables.ts";
import type { CoreTables } from "./core-tables.ts";

/** All tables, for Kysely. Each noun declares its own; times are integer milliseconds, JSON is text. */
export type Tables = CoreTables &
  ReconnectTables &
  ConfigurationTables &
  IdentityTables &
  AssetTables &
  AttachmentTables &
  FlowTables &
  ReportTables;
