import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { parseAst } from "vite";

export const PACKAGES = ["contract", "domain", "server", "client", "widget", "console"] as const;
const FOLDERS = [...PACKAGES, "tests", "bench", "examples", "bin"];
const SKIPPED = new Set(["node_modules", "dist", "data", "artifacts", "results"]);
const CODE = /\.(ts|tsx|mjs|js)$/;

export type Node = { type: string; start: number; [key: string]: unknown };
export type Import = { specifier: string; typeOnly: boolean; line: number };
export type Source = {
  /** From the root of the project, with forward slashes. */
  path: string;
  /** The package or top folder that it belongs to. */
  home: string;
  isTest: boolean;
  text: string;
  tree: Node;
  imports: Import[];
};

/** Every file of ours in the folders of the product, as paths from the root. */
export function listFiles(root: string): string[] {
  return [...rootFiles(root), ...FOLDERS.flatMap((folder) => under(root, folder))];
}

function rootFiles(root: string): string[] {
  return readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name);
}

function under(root: string, folder: string): string[] {
  return entriesOf(join(root, folder)).flatMap((entry) => {
    const path = posix.join(folder, entry.name);
    if (entry.isFile()) return [path];
    return entry.isDirectory() && !SKIPPED.has(entry.name) ? under(root, path) : [];
  });
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}

export function readSources(root: string): Source[] {
  return listFiles(root)
    .filter((path) => CODE.test(path))
    .map((path) => readSource(path, readFileSync(join(root, path), "utf8")));
}

export function readSource(path: string, text: string): Source {
  const lang = path.endsWith(".tsx") ? "tsx" : path.endsWith(".ts") ? "ts" : "js";
  const tree = parseAst(text, { lang }, path) as unknown as Node;
  const home = path.includes("/") ? (path.split("/")[0] as string) : ".";
  return { path, home, isTest: isTestPath(path), text, tree, imports: importsOf(tree, text) };
}

/** Tests, and what only tests and build tools use: they may reach for tools that the product may not. */
function isTestPath(path: string): boolean {
  const [home = "", second = ""] = path.split("/");
  const inPackage = (PACKAGES as readonly string[]).includes(home);
  return !inPackage || second !== "src" || /\.test\.tsx?$/.test(path) || /\/(testing|dev)\//.test(path);
}

function importsOf(tree: Node, text: string): Import[] {
  const found: Import[] = [];
  walk(tree, (node) => {
    const source = node.source as { value?: unknown } | null | undefined;
    if (!IMPORTING.has(node.type) || typeof source?.value !== "string") return;
    const typeOnly = node.type === "TSImportType" || node.importKind === "type" || node.exportKind === "type";
    found.push({ specifier: source.value, typeOnly, line: lineAt(text, node.start) });
  });
  return found;
}

const IMPORTING = new Set([
  "ImportDeclaration",
  "ExportNamedDeclaration",
  "ExportAllDeclaration",
  "ImportExpression",
  "TSImportType",
]);

/** Visits every node; `parent` tells a name that is used from a name that is only a key. */
export function walk(node: Node, visit: (node: Node, parent: Node | undefined) => void, parent?: Node): void {
  visit(node, parent);
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) {
      if (child && typeof child === "object" && typeof (child as Node).type === "string") walk(child, visit, node);
    }
  }
}

export function lineAt(text: string, position: number): number {
  return text.slice(0, position).split("\n").length;
}

/** The file that a relative import names, from the root; Vite's `?raw` and the like are no part of the name. */
export function relativeTarget(from: string, specifier: string): string {
  return posix.join(dirname(from), specifier.replace(/\?.*$/, ""));
}
