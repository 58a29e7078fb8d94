import { lineAt, type Node, type Source, walk } from "./sources.ts";

type Rule = {
  name: string;
  /** Which files it holds for, and which of them are free of it with the reason. */
  applies: (path: string) => boolean;
  why: string;
  breaks: (node: Node, parent: Node | undefined) => boolean;
};

const TIMERS = ["setTimeout", "setInterval"];

/** Who in the server may hold a timer, and what for. All other waiting is a deadline: a row. */
const TIMER_OWNERS: { place: string; reason: string }[] = [
  { place: "server/src/deadlines/sweeper.ts", reason: "looks for deadlines that are due" },
  { place: "server/src/outbox/runner.ts", reason: "looks for effects that are due" },
  { place: "server/src/stream/", reason: "pings connections and polls for wake-ups that were lost" },
  { place: "server/src/connectors/request.ts", reason: "gives up on a system that does not answer" },
  { place: "server/src/database/", reason: "waits before it connects again" },
  { place: "server/src/forms/drafts-door.ts", reason: "paces commits of typing" },
];

const RULES: Rule[] = [
  {
    name: "environment",
    why: "only server/src/config.ts reads the environment",
    applies: (path) => path !== "server/src/config.ts",
    breaks: (node) =>
      isMember(node, "process", "env") || (node.type === "VariableDeclarator" && isIdentifier(node.init, "process")),
  },
  {
    name: "timers",
    why: "a deadline is a row, not a timer; who may hold one is listed in bin/checks/code-rules.ts",
    applies: (path) => path.startsWith("server/src/") && !TIMER_OWNERS.some(({ place }) => path.startsWith(place)),
    breaks: (node, parent) => TIMERS.some((name) => isUse(node, parent, name)),
  },
  {
    name: "sql",
    why: "SQL is written in store.ts, *-store.ts, event-log/ and database/",
    applies: (path) =>
      path.startsWith("server/src/") &&
      !/^server\/src\/(event-log\/|database\/|(.+\/)?([\w-]+-)?store\.ts$)/.test(path),
    breaks: (node) => SQL.test(textOf(node)),
  },
  {
    name: "purity",
    why: "rules are pure: time, chance and ids are arguments, and nothing waits",
    applies: (path) => path.startsWith("domain/src/"),
    breaks: isImpure,
  },
];

const SQL =
  /^\s*(select\s[\s\S]+\sfrom\s|insert\s+into\s|update\s+\w+\s+set\s|delete\s+from\s|create\s+(table|index)\s)/i;

/** Tests and build files are free of these; they are what the rules protect the product from. */
export function codeProblems(sources: Source[]): string[] {
  return sources
    .filter(({ isTest }) => !isTest)
    .flatMap((source) => {
      const rules = RULES.filter(({ applies }) => applies(source.path));
      const problems: string[] = [];
      walk(source.tree, (node, parent) => {
        for (const { breaks, why } of rules) {
          if (breaks(node, parent)) problems.push(`${source.path}:${lineAt(source.text, node.start)} ${why}`);
        }
      });
      return [...new Set(problems)];
    });
}

function isImpure(node: Node, parent: Node | undefined): boolean {
  if (node.async === true || node.type === "AwaitExpression") return true;
  if (isMember(node, "Date", "now") || isMember(node, "Math", "random")) return true;
  if (node.type === "NewExpression" || node.type === "CallExpression") {
    const now = isIdentifier(node.callee, "Date") && (node.type === "CallExpression" || isEmpty(node.arguments));
    if (now) return true;
  }
  return [...TIMERS, "Promise", "crypto", "performance", "queueMicrotask", "setImmediate", "fetch"].some((name) =>
    isUse(node, parent, name),
  );
}

/** A name that is used, or a type that is named; not a key or a property that happens to be called so. */
function isUse(node: Node, parent: Node | undefined, name: string): boolean {
  if (isMember(node, "globalThis", name)) return true;
  if (!isIdentifier(node, name) || !parent) return false;
  const isKey = (parent.key === node && parent.shorthand !== true) || parent.property === node;
  return !isKey || parent.computed === true;
}

function isMember(node: Node, object: string, property: string): boolean {
  if (node.type !== "MemberExpression" || !isIdentifier(node.object, object)) return false;
  const key = node.property as Node;
  return isIdentifier(key, property) || (key.type === "Literal" && key.value === property);
}

const isIdentifier = (node: unknown, name: string): boolean =>
  (node as Node | null)?.type === "Identifier" && (node as Node).name === name;

const isEmpty = (list: unknown): boolean => Array.isArray(list) && list.length === 0;

function textOf(node: Node): string {
  if (node.type === "Literal" && typeof node.value === "string") return node.value;
  if (node.type !== "TemplateLiteral") return "";
  return (node.quasis as { value: { raw: string } }[]).map(({ value }) => value.raw).join("x");
}
