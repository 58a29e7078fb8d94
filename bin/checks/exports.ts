import { readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { PACKAGES } from "./sources.ts";

export type Manifest = { name: string; exports?: Record<string, string>; dependencies?: Record<string, string> };
export type Manifests = Map<string, Manifest>;

/** What each package declares, by its folder. */
export function readManifests(root: string): Manifests {
  return new Map(
    PACKAGES.flatMap((folder) => {
      const manifest = readManifest(join(root, folder, "package.json"));
      return manifest ? [[folder, manifest] as const] : [];
    }),
  );
}

function readManifest(path: string): Manifest | undefined {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

export type Entrance = { folder: string; subpath: string; file: string | undefined };

/** Where `@clew/domain/flows/run` leads: the package, what is asked of it, and the file if it offers that. */
export function entranceOf(specifier: string, manifests: Manifests): Entrance | undefined {
  for (const [folder, manifest] of manifests) {
    if (specifier !== manifest.name && !specifier.startsWith(`${manifest.name}/`)) continue;
    const subpath = specifier.slice(manifest.name.length + 1);
    return { folder, subpath, file: offeredFile(folder, subpath, manifest.exports ?? {}) };
  }
  return undefined;
}

function offeredFile(folder: string, subpath: string, offered: Record<string, string>): string | undefined {
  const asked = subpath === "" ? "." : `./${subpath}`;
  for (const [pattern, target] of Object.entries(offered)) {
    if (pattern === asked) return posix.join(folder, target);
    const [before = "", after] = pattern.split("*");
    if (after === undefined || !asked.startsWith(before) || !asked.endsWith(after)) continue;
    const middle = asked.slice(before.length, asked.length - after.length);
    if (middle.length > 0) return posix.join(folder, target.replace("*", middle));
  }
  return undefined;
}
