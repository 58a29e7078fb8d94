import { readFileSync } from "node:fs";
import { join } from "node:path";
import { PROBLEMS, type ProblemCode } from "@clew/contract/problems";
import { escapeHtml } from "../html.ts";
import { docsPage } from "./docs-page.ts";

const SOURCE = readFileSync(join(import.meta.dirname, "../../../../docs/problems.md"), "utf8");

/** docs/problems.md as a page: each code under its own address, which is the `type` of the problem on the wire. */
export function problemsPage(nonce: string): string {
  const blocks = SOURCE.split(/\n{2,}/).map((block) => block.trim());
  return docsPage({ title: "Problems · Clew", body: blocks.filter(Boolean).map(blockHtml).join("\n"), nonce });
}

/** The little of Markdown that the page is written in: headings, lists, paragraphs. */
function blockHtml(block: string): string {
  if (block.startsWith("# ")) return `<h1>${inline(block.slice(2))}</h1>`;
  if (block.startsWith("## ")) return heading(block.slice(3).trim());
  if (block.startsWith("- "))
    return `<ul>${block
      .split(/\n(?=- )/)
      .map((item) => `<li>${inline(item.slice(2))}</li>`)
      .join("")}</ul>`;
  return `<p>${inline(block)}</p>`;
}

function heading(code: string): string {
  const known = Object.hasOwn(PROBLEMS, code) ? PROBLEMS[code as ProblemCode] : null;
  const facts = known ? `<p class="soft">${known.status} · retry: ${known.retry} · ${escapeHtml(known.title)}</p>` : "";
  return `<h2 id="${escapeHtml(code)}"><code>${escapeHtml(code)}</code></h2>${facts}`;
}

function inline(text: string): string {
  const escaped = escapeHtml(text.replace(/\s*\n\s*/g, " "));
  return escaped.replace(/`([^`]+)`/g, "<code>$1</code>").replace(/\*\*([^*]+)\*\*/g, "<strong>$1</strong>");
}
