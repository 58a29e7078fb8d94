import { FORMAT } from "@clew/contract/flows/words";

export const TEMPLATES = ["routing", "form", "script", "background"] as const;
export type TemplateName = (typeof TEMPLATES)[number];

/** A flow to begin with: it can be read, and what is missing is told by the linter. */
export function flowFrom(template: TemplateName, key: string, title: string): object {
  const head = { $schema: FORMAT, key };
  const end = { type: "end" };
  switch (template) {
    case "routing":
      return {
        ...head,
        kind: "routing",
        title,
        trigger: { on: "session.started" },
        inputs: { session: { type: "record:Session", required: true }, prechat: { type: "map", default: {} } },
        start: "restore",
        nodes: {
          restore: { type: "prechat.restore", next: "route" },
          route: { type: "route", to: { queue: "" }, next: "end" },
          end,
        },
      };
    case "form":
      return {
        ...head,
        kind: "screen",
        audience: "customer",
        title,
        trigger: { on: "none" },
        start: "page",
        nodes: {
          page: { type: "screen", title, components: [{ id: "answer", kind: "text", label: title }], next: "end" },
          end,
        },
      };
    case "script":
      return {
        ...head,
        kind: "screen",
        audience: "agent",
        title,
        trigger: { on: "agent.button", where: ["session"], label: title },
        settings: { owner: "sessionAgent", maxDuration: "P1D" },
        start: "page",
        nodes: {
          page: { type: "screen", title, components: [{ id: "answer", kind: "text", label: title }], next: "end" },
          end,
        },
      };
    case "background":
      return {
        ...head,
        kind: "background",
        title,
        trigger: { on: "session.ended" },
        inputs: { session: { type: "record:Session", required: true } },
        start: "note",
        nodes: { note: { type: "message.note", text: title, next: "end" }, end },
      };
  }
}

/** "Ask for the order" as a key: "ask_for_the_order" in small camel, with the kind's usual first word. */
export function keyFrom(template: TemplateName, title: string): string {
  const words = title
    .normalize("NFKD")
    .replaceAll(/[^A-Za-z0-9 ]+/g, "")
    .split(/ +/)
    .filter(Boolean)
    .map((word, index) =>
      index === 0 ? word.toLowerCase() : (word[0] ?? "").toUpperCase() + word.slice(1).toLowerCase(),
    );
  const name = words
    .join("")
    .replace(/^[0-9]+/, "")
    .slice(0, 50);
  const first = { routing: "route", form: "form", script: "ask", background: "after" }[template];
  return name === "" ? "" : `${first}.${(name[0] ?? "").toLowerCase()}${name.slice(1)}`;
}
