import type { Finding } from "@clew/contract/flows/lint";
import type { RoughNode } from "../format/links.ts";
import { error, nodePath } from "./finding.ts";
import { didYouMean } from "./nearest.ts";
import { componentsOf, type RoughFlow } from "./rough.ts";
import type { ConnectorLimits, LintWorld } from "./world.ts";

type Known = NonNullable<LintWorld["connectors"]>;

/** Connectors that are not there, and calls that theirs does not allow: the call would fail each time, whatever it is given. */
export function connectorFindings(flow: RoughFlow, { connectors }: LintWorld): Finding[] {
  if (!connectors) return [];
  return [...flow.nodes].flatMap(([id, node]) => {
    const path = nodePath(id);
    const named = componentsOf(node).flatMap(({ fields, path: at }) => [
      ...["check", "lookup", "connector"].flatMap((field) =>
        unknown(`${path}${at}/${field}`, fields[field], connectors),
      ),
      ...noChecks(`${path}${at}/check`, fields.check, connectors),
      ...noChecks(`${path}${at}/lookup`, fields.lookup, connectors),
      ...(fields.kind === "payment" ? noPayments(`${path}${at}/connector`, fields.connector, connectors) : []),
    ]);
    const limits = typeof node.connector === "string" ? connectors.get(node.connector) : undefined;
    return [...named, ...unknown(`${path}/connector`, node.connector, connectors), ...notAllowed(path, node, limits)];
  });
}

function unknown(path: string, name: unknown, connectors: Known): Finding[] {
  if (typeof name !== "string" || connectors.has(name)) return [];
  const suggestion =
    connectors.size > 0 ? `there are: ${[...connectors.keys()].join(", ")}` : "an admin makes it first";
  return [
    error("unknown-name", path, `there is no connector "${name}"`, {
      suggestion,
      ...didYouMean(name, connectors.keys()),
    }),
  ];
}

/** Answers are judged, and addresses looked up, by POST. */
function noChecks(path: string, name: unknown, connectors: Known): Finding[] {
  const limits = typeof name === "string" ? connectors.get(name) : undefined;
  if (!limits || limits.methods.includes("POST")) return [];
  const suggestion = `it allows ${limits.methods.join(", ")}`;
  return [
    error("not-allowed", path, `${name} does not allow POST, by which it is asked about answers`, { suggestion }),
  ];
}

/** Without a page of the provider nothing could be paid, and a form that asks for it never be sent. */
function noPayments(path: string, name: unknown, connectors: Known): Finding[] {
  const limits = typeof name === "string" ? connectors.get(name) : undefined;
  if (!limits || limits.pays) return [];
  const suggestion = "an admin gives the connector the address of the provider's page";
  return [error("not-allowed", path, `${name} has no payment page`, { suggestion })];
}

function notAllowed(path: string, { connector, method, path: to }: RoughNode, limits?: ConnectorLimits): Finding[] {
  if (!limits) return [];
  const wrong: Finding[] = [];
  if (typeof method === "string" && !limits.methods.includes(method)) {
    const suggestion = `it allows ${limits.methods.join(", ")}`;
    wrong.push(error("not-allowed", `${path}/method`, `${connector} does not allow ${method}`, { suggestion }));
  }
  // What a formula makes is known only when it runs; a hole may hold anything, but stands for a part of the path.
  const refusal =
    typeof to === "string" && to.startsWith("/") ? limits.refusalOf(to.replaceAll(/{{.*?}}/g, "x")) : null;
  if (refusal !== null) wrong.push(error("not-allowed", `${path}/path`, `${connector}: ${refusal}`));
  return wrong;
}
