import { existsSync } from "node:fs";
import { join } from "node:path";
import { entranceOf, type Manifests, readManifests } from "./exports.ts";
import { type Import, PACKAGES, relativeTarget, type Source } from "./sources.ts";

type Package = (typeof PACKAGES)[number];

/** Who may import whom: the package, and of it only what begins with one of these. */
const ARROWS: Record<Package, Partial<Record<Package, "all" | string[]>>> = {
  contract: {},
  domain: { contract: "all" },
  server: { contract: "all", domain: "all" },
  client: { contract: "all" },
  widget: { contract: "all", client: "all", domain: ["flows/expressions/", "flows/screens/"] },
  console: { contract: "all", client: "all", widget: ["messages/", "forms/", "flow-forms/"], domain: ["flows/"] },
};

/** Packages that must stay small or pure say here what they may use; the others say it in package.json. */
const OUTSIDE: Partial<Record<Package, string[]>> = {
  contract: ["typebox"],
  domain: [],
  client: [],
  widget: ["preact", "uqr"],
};

/** Places inside server/src; a name of a file stands for that file in any folder. */
const OWNERS: { modules: RegExp; what: string; places: RegExp }[] = [
  {
    modules: /^(kysely|pg|node:sqlite)(\/|$)/,
    what: "SQL belongs in store.ts, *-store.ts, event-log/ and database/",
    places: /^server\/src\/(event-log\/|database\/|(.+\/)?([\w-]+-)?store\.ts$)/,
  },
  {
    modules: /^(fastify|@fastify\/.+|ws)$/,
    what: "the web framework belongs in http/ and stream/",
    places: /^server\/src\/(http|stream)\//,
  },
  {
    modules: /^(node:)?process$/,
    what: "only config.ts reads the environment",
    places: /^server\/src\/config\.ts$/,
  },
  {
    modules: /^(node:)?timers(\/promises)?$/,
    what: "timers belong in the sweeper, the outbox runner, stream/ and database/",
    places: /^server\/src\/(deadlines\/sweeper\.ts|outbox\/runner\.ts|stream\/|database\/)/,
  },
];

export function importProblems(sources: Source[], root: string): string[] {
  const manifests = readManifests(root);
  return sources.flatMap((source) =>
    source.imports.flatMap((each) => {
      const problem = problemOf(source, each, manifests, root);
      return problem ? [`${source.path}:${each.line} imports ${each.specifier}: ${problem}`] : [];
    }),
  );
}

function problemOf(source: Source, each: Import, manifests: Manifests, root: string): string | undefined {
  const { specifier } = each;
  if (specifier.startsWith(".")) return relativeProblem(source, each, root);
  const entrance = entranceOf(specifier, manifests);
  if (!entrance) return outsideProblem(source, each, manifests);
  if (!entrance.file) return `${entrance.folder} does not offer that; see "exports" in its package.json`;
  if (source.home === entrance.folder) return "inside a package, import the file";
  if (!isPackage(source.home)) return undefined;
  const arrow = ARROWS[source.home][entrance.folder as Package];
  if (!arrow) return `${source.home} may not import ${entrance.folder}`;
  if (arrow === "all" || arrow.some((start) => entrance.subpath.startsWith(start))) return undefined;
  return `${source.home} may import only ${arrow.join(" and ")} of ${entrance.folder}`;
}

function relativeProblem(source: Source, each: Import, root: string): string | undefined {
  const target = relativeTarget(source.path, each.specifier);
  const home = target.split("/")[0] ?? "";
  if (source.isTest && target.startsWith("tests/support/") && existsSync(join(root, target))) return undefined;
  if (isPackage(home) && home !== source.home) return "a package is entered by its name";
  if (isPackage(source.home) && home !== source.home) return `that lies outside ${source.home}`;
  if (!/\.\w+$/.test(target) || !existsSync(join(root, target))) return "there is no such file";
  const isRoutes = /^server\/src\/(.+\/)?routes\.ts$/.test(source.path);
  if (isRoutes && target.startsWith("server/src/http/") && !each.typeOnly) return "routes take only types from http/";
  return undefined;
}

function outsideProblem(source: Source, each: Import, manifests: Manifests): string | undefined {
  const { home, isTest, path } = source;
  const { specifier } = each;
  if (isTest || !isPackage(home)) return undefined;
  const owner = home === "server" ? OWNERS.find(({ modules }) => modules.test(specifier)) : undefined;
  if (owner && !owner.places.test(path)) return owner.what;
  if (specifier.startsWith("node:")) return home === "server" ? undefined : `${home} runs outside Node`;
  const name = specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
  // The types of the schemas weigh nothing; the schema library itself would.
  if (name === "typebox" && each.typeOnly) return undefined;
  const allowed = OUTSIDE[home];
  if (allowed && !allowed.includes(name)) return `${home} may use only ${allowed.join(", ") || "what is ours"}`;
  if (!manifests.get(home)?.dependencies?.[name]) return `${name} is not a dependency of ${home}`;
  return undefined;
}

function isPackage(home: string): home is Package {
  return (PACKAGES as readonly string[]).includes(home);
}
