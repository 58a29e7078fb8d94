import { existsSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import type { Page } from "./pages.ts";

const LINK = /!?\[[^\]]*\]\(([^)\s]+)(?:\s+"[^"]*")?\)/g;
const CODE_SPAN = /`([^`\n]+)`/g;
/** What looks like a file or folder of the project, and is not a pattern, a placeholder or something built. */
const OUR_FILE = /^(?:\.ci|contract|domain|server|client|widget|console|tests|bench|examples|docs|bin)\/[\w./-]*$/;
const BUILT = /(^|\/)(dist|node_modules)(\/|$)/;

/** Every link and every named file of a page that leads nowhere. */
export function brokenLinks({ path, text }: Page, root: string): string[] {
  const prose = text.replace(/^```[\s\S]*?^```/gm, "");
  const plain = prose.replace(CODE_SPAN, "");
  const links = [...plain.matchAll(LINK)]
    .map((match) => match[1] as string)
    .filter((link) => !/^[a-z]+:|^\//.test(link));
  const files = [...prose.matchAll(CODE_SPAN)].map((match) => match[1] as string).filter((span) => OUR_FILE.test(span));
  return [
    ...links.filter((link) => !leadsSomewhere(link, path, root)),
    ...files.filter((file) => !BUILT.test(file) && !existsSync(join(root, file))),
  ].map((target) => `${path}: ${target}`);
}

function leadsSomewhere(link: string, from: string, root: string): boolean {
  const [file = "", anchor] = link.split("#");
  const target = join(root, file === "" ? from : normalize(join(dirname(from), file)));
  if (!existsSync(target)) return false;
  return anchor === undefined || !target.endsWith(".md") || anchorsOf(readFileSync(target, "utf8")).has(anchor);
}

/** The anchors that headings get: lower case, no punctuation, hyphens for spaces. */
function anchorsOf(text: string): Set<string> {
  const headings = [...text.matchAll(/^#+\s+(.+?)\s*$/gm)].map((match) => match[1] as string);
  return new Set(
    headings.map((heading) =>
      heading
        .toLowerCase()
        .replace(/[^\p{L}\p{N}\s_-]/gu, "")
        .replace(/\s/g, "-"),
    ),
  );
}
