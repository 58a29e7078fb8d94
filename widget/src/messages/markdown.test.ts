import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Block, type Inline, isLongAddress, parseMarkdown, plainText, safeAddress } from "./markdown.ts";

const linksOf = (text: string): string[] => {
  const inside = (nodes: Inline[]): string[] =>
    nodes.flatMap((node) => (node.type === "link" ? [node.href] : "children" in node ? inside(node.children) : []));
  return parseMarkdown(text).flatMap((block) =>
    block.type === "list" ? block.items.flatMap(inside) : block.type === "code" ? [] : inside(block.children),
  );
};

describe("Markdown of messages", () => {
  it("[W1] knows bold, italic, strikethrough, code, links, lists and quotes", () => {
    expect(parseMarkdown("**b** *i* ~~s~~ `c`")).toEqual([
      {
        type: "paragraph",
        children: [
          { type: "bold", children: [{ type: "text", text: "b" }] },
          { type: "text", text: " " },
          { type: "italic", children: [{ type: "text", text: "i" }] },
          { type: "text", text: " " },
          { type: "strike", children: [{ type: "text", text: "s" }] },
          { type: "text", text: " " },
          { type: "code", text: "c" },
        ],
      },
    ]);
    expect(parseMarkdown("- a\n- b\n\n3. c\n4. d\n> q\n```\n**raw**\n```").map((block) => block.type)).toEqual([
      "list",
      "list",
      "quote",
      "code",
    ]);
    expect(parseMarkdown("3. c")[0]).toMatchObject({ type: "list", ordered: true, start: 3 });
  });

  it("[W1] leaves words with underscores, single stars and arithmetic alone", () => {
    for (const text of ["snake_case_name", "2 * 3 * 4", "a*b", "5 ** 2", "__init"]) expect(plainText(text)).toBe(text);
  });

  it("[W2] only http, https, mailto and tel become links", () => {
    for (const address of [
      "javascript:alert(1)",
      "JaVaScRiPt:alert(1)",
      "java\nscript:alert(1)",
      " javascript:x",
      "data:text/html,x",
      "vbscript:x",
      "file:///etc/passwd",
      "//evil.example",
      "blob:x",
      "https:evil",
    ]) {
      expect(safeAddress(address), address).toBeUndefined();
      expect(linksOf(`[click](${address})`), address).toEqual([]);
    }
    expect(linksOf("[a](https://a.example/x_(y)) and mailto [b](mailto:b@c.example)")).toEqual([
      "https://a.example/x_(y)",
      "mailto:b@c.example",
    ]);
  });

  it("[W2] a bare address does not swallow the sentence around it", () => {
    expect(linksOf("See https://a.example/x, or (https://b.example/y).")).toEqual([
      "https://a.example/x",
      "https://b.example/y",
    ]);
    expect(plainText("See https://a.example/x, or (https://b.example/y).")).toBe(
      "See https://a.example/x, or (https://b.example/y).",
    );
  });

  it("[W4] a link that shows nothing but its long address is told from one with words", () => {
    const shown = (text: string) =>
      parseMarkdown(text).flatMap((block) =>
        block.type === "paragraph"
          ? block.children.flatMap((one) => (one.type === "link" ? isLongAddress(one) : []))
          : [],
      );
    const address = `https://shop.example/chat#clew-reconnect=${"a1".repeat(30)}`;
    expect(shown(`Go on here: ${address} and there`)).toEqual([true]);
    expect(shown("https://shop.example/plants")).toEqual([false]);
    expect(shown(`[Go on with this chat](${address})`)).toEqual([false]);
  });

  it("[W2] markup is text, nested or not", () => {
    const nasty = "<img src=x onerror=alert(1)><script>alert(1)</script> **<b onclick=x>**";
    const types = new Set(
      parseMarkdown(nasty).flatMap((block) => ("children" in block ? block.children.map((node) => node.type) : [])),
    );
    expect([...types].sort()).toEqual(["bold", "text"]);
    expect(plainText(nasty)).toContain("<script>alert(1)</script>");
  });

  it("[W2] whatever is written, nothing is lost but the signs, and every address is safe", () => {
    const bits = fc.constantFrom(
      "*",
      "**",
      "_",
      "__",
      "~~",
      "`",
      "```",
      "[",
      "](",
      ")",
      "\n",
      "- ",
      "1. ",
      "> ",
      "\\",
      "a",
      "é",
      "https://x.example",
      "javascript:",
      "<b>",
      " ",
    );
    fc.assert(
      fc.property(fc.array(bits, { maxLength: 60 }), (parts) => {
        const text = parts.join("");
        const letters = (value: string) => value.replace(/[^aé<]/g, "");
        expect(letters(flat(parseMarkdown(text)))).toBe(letters(text));
        for (const href of linksOf(text)) expect(href).toMatch(/^(https?|mailto|tel):/);
      }),
    );
  });

  it("[W3] the longest message of hostile signs is parsed in well under a frame's patience", () => {
    for (const bit of [
      "*",
      "**",
      "_a",
      "[",
      "[a](",
      "`",
      "~~a",
      "*a**b**",
      "a@",
      "https://",
      "> ",
      "- ",
      "```\n",
      "\\",
      "**a ",
    ]) {
      const text = bit.repeat(Math.floor(6000 / bit.length));
      const from = performance.now();
      parseMarkdown(text);
      expect(performance.now() - from, bit).toBeLessThan(250);
    }
  });
});

/** All text of a tree, addresses aside. */
function flat(blocks: Block[]): string {
  const inline = (nodes: Inline[]): string =>
    nodes.map((node) => ("text" in node ? node.text : "children" in node ? inline(node.children) : " ")).join("");
  return blocks
    .map((block) =>
      block.type === "code"
        ? block.text
        : block.type === "list"
          ? block.items.map(inline).join(" ")
          : inline(block.children),
    )
    .join(" ");
}
