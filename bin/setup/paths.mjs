// Everything in bin/setup runs on the Node that the machine has (20.10 or newer); all else runs on the pinned one.
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../..", import.meta.url)).replace(/[\\/]$/, "");

/** @param {...string} parts */
export const inRoot = (...parts) => join(root, ...parts);

/** The pinned Node. On Windows npm puts a .cmd beside it; the program itself lies in the package. */
export const node =
  process.platform === "win32" ? inRoot("node_modules/node/bin/node.exe") : inRoot("node_modules/node/bin/node");
