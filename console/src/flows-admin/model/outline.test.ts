import type { Flow } from "@clew/contract/flows/definition";
import { lint } from "@clew/domain/flows/lint/lint";
import { expect, test } from "vitest";
import { exampleFlow } from "../testing/example-flow.ts";
import { addNode, linkAt, moveBranch, removeNode, renameNode } from "./edit.ts";
import { readAt, writeAt } from "./json-at.ts";
import { outlineOf } from "./outline.ts";
import { nodesOf } from "./rough.ts";
import { flowFrom, keyFrom, TEMPLATES } from "./templates.ts";

const webchat = exampleFlow("route.webchat");
const agentFlow = exampleFlow("loan.useOfFunds.agent");

/** The outline as one reads it: a line each, deeper levels further in. */
function read(definition: unknown): string[] {
  return outlineOf(definition).map((line) => {
    const text =
      line.kind === "node"
        ? line.id
        : line.kind === "branch"
          ? `[${line.link.label ?? line.link.outcome}]`
          : line.kind === "goto"
            ? `-> ${line.to}`
            : line.kind;
    return `${"  ".repeat(line.level - 1)}${text}`;
  });
}
const small = {
  start: "ask",
  nodes: {
    ask: { type: "decision", branches: [{ label: "yes", when: "=true", next: "good" }], else: "bad" },
    good: { type: "message.send", text: "", next: "end" },
    bad: { type: "message.send", text: "", next: "end", faults: [{ match: ["*"], next: "end" }] },
    end: { type: "end" },
    lost: { type: "assign", next: "end" },
  },
};

test("[FL1] the outline lists steps in flow order, branches below their step, and goes on where they meet", () => {
  expect(read(small)).toEqual([
    "flow",
    "ask",
    "  [yes]",
    "    good",
    "    -> end",
    "  [else]",
    "    bad",
    "      [*]",
    "        -> end",
    "    -> end",
    "end",
    "lost",
    "  lost",
    "  -> end",
  ]);
});

test("[FL1] every step of a flow stands in the outline once, whatever way it is linked", () => {
  for (const flow of [webchat, agentFlow]) {
    const ids = outlineOf(flow).flatMap((line) => (line.kind === "node" ? [line.id] : []));
    expect(ids.toSorted()).toEqual(Object.keys(flow.nodes).toSorted());
    const keys = outlineOf(flow).map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
  }
  expect(read({ start: "a", nodes: { a: { type: "assign", next: "a" }, b: 5 } })).toEqual(["flow", "a", "-> a"]);
  expect(read(null)).toEqual(["flow"]);
});

test("[FL2] a new step goes between a way out and where it led; taking it out joins the ways again", () => {
  const added = addNode(small, "message.note", { after: "good" });
  expect(added.focus).toBe("note");
  expect(readAt(added.definition, ["nodes", "good", "next"])).toBe("note");
  expect(readAt(added.definition, ["nodes", "note", "next"])).toBe("end");
  expect([...nodesOf(added.definition).keys()].indexOf("note")).toBe(2);
  const inBranch = addNode(small, "assign", { after: "ask", outcome: "branches/0" });
  expect(readAt(inBranch.definition, linkAt("ask", "branches/0"))).toBe("assign");
  expect(readAt(inBranch.definition, ["nodes", "assign", "next"])).toBe("good");
  expect(removeNode(added.definition, "note").definition).toEqual(small);
  const first = addNode(small, "assign", { after: null });
  expect(readAt(first.definition, ["start"])).toBe("assign");
  expect(removeNode(first.definition, "assign").definition).toEqual(small);
});

test("[FL2] taking out a step without a way on takes the links to it, and branches that held nothing else", () => {
  const { definition } = removeNode(small, "end");
  expect(readAt(definition, ["nodes", "good"])).toEqual({ type: "message.send", text: "" });
  expect(readAt(definition, ["nodes", "bad", "faults"])).toEqual([]);
});

test("[FL2] a step's new name reaches every link to it; a name that is taken changes nothing", () => {
  const { definition } = renameNode({ ...small, settings: { onFault: "end" } }, "end", "done");
  expect(JSON.stringify(definition)).not.toContain('"end",');
  expect(readAt(definition, ["settings", "onFault"])).toBe("done");
  expect(Object.keys((definition as Flow).nodes)[3]).toBe("done");
  expect(renameNode(small, "end", "good").definition).toBe(small);
});

test("[FL2] branches change places, and no further than the ends of their list", () => {
  const two = writeAt(
    small,
    ["nodes", "ask", "branches"],
    [
      { when: "=1", next: "good" },
      { when: "=2", next: "bad" },
    ],
  );
  const moved = moveBranch(two, "ask", "branches/1", -1);
  expect(readAt(moved, ["nodes", "ask", "branches", 0, "when"])).toBe("=2");
  expect(readAt(moved, ["nodes", "ask", "branches", 1, "when"])).toBe("=1");
  expect(moveBranch(two, "ask", "branches/0", -1)).toBe(two);
});

test("[FL3] every template is a flow that the linter can read, and but for the queue of routing can be published", () => {
  for (const template of TEMPLATES) {
    const found = lint(flowFrom(template, keyFrom(template, "Über 3 Fragen"), "Über 3 Fragen"));
    const errors = found.filter(({ severity }) => severity === "error").map(({ path }) => path);
    expect([template, errors]).toEqual([template, template === "routing" ? ["/nodes/route/to/queue"] : []]);
  }
  expect(keyFrom("form", "Use of funds")).toBe("form.useOfFunds");
  expect(keyFrom("form", "…")).toBe("");
});
