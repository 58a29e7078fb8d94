import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";

const MANIFESTS = {
  "contract/package.json": { name: "@clew/contract", exports: { "./*": "./src/*.ts" }, dependencies: { typebox: "1" } },
  "domain/package.json": { name: "@clew/domain", exports: { "./*": "./src/*.ts" } },
  "server/package.json": {
    name: "@clew/server",
    exports: { "./main": "./src/main.ts" },
    dependencies: { kysely: "1", pg: "1", fastify: "1", ws: "1" },
  },
  "client/package.json": { name: "@clew/client", exports: { ".": "./src/index.ts" } },
  "widget/package.json": {
    name: "@clew/widget",
    exports: { "./messages/*": "./src/messages/*.tsx" },
    dependencies: { preact: "1" },
  },
  "console/package.json": { name: "@clew/console", dependencies: { react: "1" } },
};

/** A project of our shape in a temporary folder, with these files in it; gone after the test. */
export function plantProject(files: Record<string, string>): string {
  const root = mkdtempSync(join(tmpdir(), "clew-planted-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  for (const [path, manifest] of Object.entries(MANIFESTS)) write(root, path, JSON.stringify(manifest));
  for (const [path, text] of Object.entries(files)) write(root, path, text);
  return root;
}

function write(root: string, path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}
