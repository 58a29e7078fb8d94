import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { build, type Rolldown } from "vite";

const CONFIG = fileURLToPath(new URL("vite.config.ts", import.meta.url));
/** Where axe-core is: fetched and compiled once, not once a page. */
export const AXE = "/axe.js";
const TYPES: Record<string, string> = { js: "text/javascript", css: "text/css", html: "text/html" };

/** Builds the settings pages over the fake server into memory and serves them on a free port; answers its address. */
export async function serveAdmin(): Promise<{ address: string; close(): void }> {
  const built = (await build({
    configFile: CONFIG,
    logLevel: "error",
    build: { write: false },
  })) as Rolldown.RolldownOutput;
  const files = new Map(
    built.output.map((file) => [`/${file.fileName}`, file.type === "chunk" ? file.code : file.source]),
  );
  files.set(AXE, readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js")));
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://local");
    const asked = files.has(pathname) ? pathname : "/index.html";
    response.setHeader("content-type", TYPES[asked.split(".").pop() ?? ""] ?? "application/octet-stream");
    if (asked !== "/index.html") response.setHeader("cache-control", "max-age=600");
    response.end(files.get(asked));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => server.close() };
}
