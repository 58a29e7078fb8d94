import { createServer } from "node:net";
import { resolve } from "node:path";
import { ensureDependencies } from "./dependencies.mjs";
import { node } from "./paths.mjs";
import { ensureScreens } from "./screens.mjs";
import { serverOptions, serverProgram } from "./server.mjs";
import { runInForeground, Told } from "./terminal.mjs";

// As in server/src/config.ts, which this cannot import: the Node that runs here may be too old for TypeScript.
const DEFAULT_PORT = 4600;
const DEFAULT_HOST = "localhost";

export async function start() {
  await requireFreePort();
  await ensureDependencies();
  await ensureScreens();
  return runInForeground(node, [...serverOptions, serverProgram, ...process.argv.slice(2)], { env: environment() });
}

/** The server runs in our folder, so that its data is the same from wherever it is called; a path that the
 * caller gave is meant from where the caller stands. */
function environment() {
  const { CLEW_DATA, ...rest } = process.env;
  return CLEW_DATA ? { ...rest, CLEW_DATA: resolve(CLEW_DATA) } : rest;
}

/** Told before minutes of installing rather than after. A port that is no number is the server's to refuse. */
async function requireFreePort() {
  const port = Number(process.env.PORT || DEFAULT_PORT);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) return;
  const taken = await new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", (/** @type {NodeJS.ErrnoException} */ error) => resolve(error.code === "EADDRINUSE"));
    probe.listen(port, process.env.HOST || DEFAULT_HOST, () => probe.close(() => resolve(false)));
  });
  if (taken) throw new Told(`Port ${port} is in use by another program. Choose another: PORT=${port + 1} npm start`);
}
