/** A table for the terminal and for bench/RESULTS.md. */
export function columns(head: readonly string[], lines: readonly (readonly string[])[]): string {
  const widths = head.map((name, column) => Math.max(name.length, ...lines.map((line) => (line[column] ?? "").length)));
  const text = (line: readonly string[]) =>
    `| ${widths.map((width, at) => (line[at] ?? "").padEnd(width)).join(" | ")} |`;
  return [text(head), `|${widths.map((width) => "-".repeat(width + 2)).join("|")}|`, ...lines.map(text)].join("\n");
}
