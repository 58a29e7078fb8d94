import { type Block, type Inline, isLongAddress, parseMarkdown } from "@clew/widget/messages/markdown";
import { createElement, Fragment, memo, type ReactNode } from "react";
import classes from "./log.module.css";

/** A message's text as elements, from the same tree as the customer's window shows; the text itself is never markup. */
export const Markdown = memo(function Markdown({ text }: { text: string }) {
  return createElement(Fragment, null, ...parseMarkdown(text).map(drawBlock));
});

// Children are spread, not listed: their place is all that tells one from the other, so keys would say nothing.
function drawBlock(block: Block): ReactNode {
  switch (block.type) {
    case "paragraph":
      return createElement("p", null, ...block.children.map(drawInline));
    case "quote":
      return createElement("blockquote", null, ...block.children.map(drawInline));
    case "code":
      return (
        <pre dir="ltr">
          <code>{block.text}</code>
        </pre>
      );
    case "list": {
      const items = block.items.map((item) => createElement("li", null, ...item.map(drawInline)));
      return block.ordered
        ? createElement("ol", { start: block.start }, ...items)
        : createElement("ul", null, ...items);
    }
  }
}

const TAGS = { bold: "strong", italic: "em", strike: "s" } as const;

function drawInline(inline: Inline): ReactNode {
  switch (inline.type) {
    case "text":
      return inline.text;
    case "break":
      return <br />;
    case "code":
      return <code>{inline.text}</code>;
    case "bold":
    case "italic":
    case "strike":
      return createElement(TAGS[inline.type], null, ...inline.children.map(drawInline));
    case "link": {
      const outside = { href: inline.href, target: "_blank", rel: "noopener noreferrer nofollow" };
      const long = isLongAddress(inline) ? { className: classes.address } : {};
      return createElement("a", { ...outside, ...long }, ...inline.children.map(drawInline));
    }
  }
}
