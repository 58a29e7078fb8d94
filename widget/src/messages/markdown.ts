/**
 * The small, safe Markdown of messages as plain data: bold, italic, strikethrough, code, links, lists and quotes. Nothing here makes HTML:
 * a view turns the tree into its own elements, so markup in a message can only ever be text.
 */
export type Inline =
  | { type: "text"; text: string }
  | { type: "bold" | "italic" | "strike"; children: Inline[] }
  | { type: "code"; text: string }
  | { type: "link"; href: string; children: Inline[] }
  | { type: "break" };

export type Block =
  | { type: "paragraph"; children: Inline[] }
  | { type: "quote"; children: Inline[] }
  | { type: "list"; ordered: boolean; start: number; items: Inline[][] }
  | { type: "code"; text: string };

/** Deeper emphasis than this is shown as it was typed, so that no message can make a parser dig without end. */
const MAX_DEPTH = 4;
const BULLET = /^ {0,3}[-*•] +(.*)$/;
const NUMBERED = /^ {0,3}(\d{1,4})[.)] +(.*)$/;
const QUOTE = /^ {0,3}> ?(.*)$/;
const FENCE = /^ {0,3}```/;

/** Parses a message. Every text gives a tree; nothing is refused. */
export function parseMarkdown(source: string): Block[] {
  const lines = source.replace(/\r\n?/g, "\n").split("\n");
  const blocks: Block[] = [];
  let at = 0;
  const take = (pattern: RegExp): RegExpExecArray[] => {
    const found: RegExpExecArray[] = [];
    for (let match = pattern.exec(lines[at] ?? "\0"); match; match = pattern.exec(lines[at] ?? "\0")) {
      found.push(match);
      at += 1;
    }
    return found;
  };
  while (at < lines.length) {
    const line = lines[at] as string;
    const closing = FENCE.test(line) ? lines.findIndex((other, index) => index > at && FENCE.test(other)) : -1;
    if (closing > 0) {
      blocks.push({ type: "code", text: lines.slice(at + 1, closing).join("\n") });
      at = closing + 1;
    } else if (BULLET.test(line)) {
      blocks.push({
        type: "list",
        ordered: false,
        start: 1,
        items: take(BULLET).map((match) => inline(match[1] ?? "")),
      });
    } else if (NUMBERED.test(line)) {
      const found = take(NUMBERED);
      const items = found.map((match) => inline(match[2] ?? ""));
      blocks.push({ type: "list", ordered: true, start: Number(found[0]?.[1] ?? 1), items });
    } else if (QUOTE.test(line)) {
      blocks.push({
        type: "quote",
        children: inline(
          take(QUOTE)
            .map((match) => match[1])
            .join("\n"),
        ),
      });
    } else if (line.trim() === "") {
      at += 1;
    } else {
      const from = at;
      do at += 1;
      while (at < lines.length && !startsBlock(lines[at] as string));
      blocks.push({ type: "paragraph", children: inline(lines.slice(from, at).join("\n")) });
    }
  }
  return blocks;
}

/** A message as one line of plain text, for notices, announcements and lists. */
export function plainText(source: string): string {
  const words = (nodes: Inline[]): string =>
    nodes.map((node) => ("text" in node ? node.text : node.type === "break" ? " " : words(node.children))).join("");
  return parseMarkdown(source)
    .map((block) => {
      if (block.type === "code") return block.text;
      return block.type === "list" ? block.items.map(words).join(", ") : words(block.children);
    })
    .join(" ")
    .replace(/\s+/g, " ")
    .trim();
}

function startsBlock(line: string): boolean {
  return line.trim() === "" || [BULLET, NUMBERED, QUOTE, FENCE].some((pattern) => pattern.test(line));
}

/** What may start inside a line, in the order of precedence. Each pattern is linear: no nested repetition. */
const TOKENS: { pattern: RegExp; make: (match: RegExpExecArray, depth: number) => Inline | undefined }[] = [
  { pattern: /\n/y, make: () => ({ type: "break" }) },
  { pattern: /\\([\\`*_~[\]()#>.!+-])/y, make: ([, char]) => ({ type: "text", text: char as string }) },
  { pattern: /`([^`\n]+)`/y, make: ([, text]) => ({ type: "code", text: text as string }) },
  { pattern: /\[([^[\]\n]{1,300})\]\(([^()\s]{1,2000}(?:\([^()\s]{0,200}\))?[^()\s]{0,200})\)/y, make: namedLink },
  { pattern: /\*\*(?=\S)([^*\n]+?)(?<=\S)\*\*/y, make: nested("bold") },
  { pattern: /__(?=\S)([^_\n]+?)(?<=\S)__(?!\w)/y, make: nested("bold") },
  { pattern: /~~(?=\S)([^~\n]+?)(?<=\S)~~/y, make: nested("strike") },
  { pattern: /\*(?=[^\s*])((?:[^*\n]|\*\*[^*\n]+\*\*)+?)(?<=\S)\*(?!\*)/y, make: nested("italic") },
  { pattern: /_(?=[^\s_])([^_\n]+?)(?<=\S)_(?!\w)/y, make: nested("italic") },
  { pattern: /https?:\/\/[^\s<>"'`]{2,2000}/y, make: bareLink },
  {
    pattern: /[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}/y,
    make: ([text]) => link(`mailto:${text}`, [{ type: "text", text }]),
  },
];

function inline(source: string, depth = 0): Inline[] {
  const nodes: Inline[] = [];
  let text = "";
  let at = 0;
  while (at < source.length) {
    const found = matchAt(source, at, depth);
    if (found) {
      if (text) nodes.push({ type: "text", text });
      text = "";
      nodes.push(found.node);
      at += found.length;
    } else {
      text += source[at];
      at += 1;
    }
  }
  if (text) nodes.push({ type: "text", text });
  return nodes;
}

function matchAt(source: string, at: number, depth: number): { node: Inline; length: number } | undefined {
  // A word may not be split by what only means something at its start: snake_case_names and half addresses.
  const insideWord = at > 0 && /[\p{L}\p{N}]/u.test(source[at - 1] as string) && /[\w]/.test(source[at] as string);
  if (insideWord || !/[\n\\`[*_~h\w]/.test(source[at] as string)) return undefined;
  for (const { pattern, make } of TOKENS) {
    pattern.lastIndex = at;
    const match = pattern.exec(source);
    const node = match && make(match, depth);
    if (match && node) return { node, length: lengthOf(node, match) };
  }
  return undefined;
}

function nested(type: "bold" | "italic" | "strike") {
  return (match: RegExpExecArray, depth: number): Inline | undefined =>
    depth < MAX_DEPTH ? { type, children: inline(match[1] ?? "", depth + 1) } : undefined;
}

function namedLink(match: RegExpExecArray): Inline | undefined {
  return link(match[2] ?? "", [{ type: "text", text: match[1] ?? "" }]);
}

/** An address in the text, without the sentence's own punctuation at its end. */
function bareLink(match: RegExpExecArray): Inline | undefined {
  let text = match[0].replace(/[.,;:!?*_~\]]+$/, "");
  if (text.endsWith(")") && !text.includes("(")) text = text.slice(0, -1);
  return link(text, [{ type: "text", text }]);
}

function lengthOf(node: Inline, match: RegExpExecArray): number {
  const bare = node.type === "link" && match[0].startsWith("http") && node.children[0];
  return bare && bare.type === "text" ? bare.text.length : match[0].length;
}

/** Only addresses that cannot run anything in the page; all others stay the text that was typed. */
export function safeAddress(address: string): string | undefined {
  if (!/^(https?:\/\/|mailto:|tel:)/i.test(address)) return undefined;
  try {
    return new URL(address).href;
  } catch {
    return undefined;
  }
}

/** Whether a link's words are nothing but a long address: it is shown as far as one line goes, and copied whole. */
export function isLongAddress({ children: [only, ...others] }: Extract<Inline, { type: "link" }>): boolean {
  return only?.type === "text" && others.length === 0 && /^https?:\S{60}/.test(only.text);
}

function link(address: string, children: Inline[]): Inline | undefined {
  const href = safeAddress(address);
  return href ? { type: "link", href, children } : undefined;
}
