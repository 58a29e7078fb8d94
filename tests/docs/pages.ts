import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../bin/setup/paths.mjs";

export type Page = { path: string; text: string };

/** The pages that people read: at the root and under docs/. What is generated is not among them. */
export function readPages(base = root): Page[] {
  const under = (folder: string): string[] =>
    readdirSync(join(base, folder), { withFileTypes: true }).flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return path === join("docs", "api") ? [] : under(path);
      return path.endsWith(".md") ? [path] : [];
    });
  const atRoot = readdirSync(base).filter((name) => name.endsWith(".md"));
  return [...atRoot, ...under("docs")].map((path) => ({ path, text: readFileSync(join(base, path), "utf8") }));
}
