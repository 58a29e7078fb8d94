import { type Block, type Inline, parseMarkdown } from "@clew/widget/messages/markdown";
import { memo, type ReactNode } from "react";

/** A message's text as elements, from the same tree as the customer's window shows; the text itself is never markup. */
export const Markdown = memo(function Markdown({ text }: { text: string }) {
  return <>{parseMarkdown(text).map((block, index) => drawBlock(block, index))}</>;
});

function drawBlock(block: Block, key: number): ReactNode {
  switch (block.type) {
    case "paragraph":
      return <p key={key}>{drawAll(block.children)}</p>;
    case "quote":
      return <blockquote key={key}>{drawAll(block.children)}</blockquote>;
    case "code":
      return (
        <pre key={key} dir="ltr">
          <code>{block.text}</code>
        </pre>
      );
    case "list": {
      const items = block.items.map((item, index) => <li key={index}>{drawAll(item)}</li>);
      return block.ordered ? (
        <ol key={key} start={block.start}>
          {items}
        </ol>
      ) : (
        <ul key={key}>{items}</ul>
      );
    }
  }
}

function drawAll(children: Inline[]): ReactNode[] {
  return children.map((child, index) => drawInline(child, index));
}

function drawInline(inline: Inline, key: number): ReactNode {
  switch (inline.type) {
    case "text":
      return inline.text;
    case "break":
      return <br key={key} />;
    case "code":
      return <code key={key}>{inline.text}</code>;
    case "bold":
      return <strong key={key}>{drawAll(inline.children)}</strong>;
    case "italic":
      return <em key={key}>{drawAll(inline.children)}</em>;
    case "strike":
      return <s key={key}>{drawAll(inline.children)}</s>;
    case "link":
      return (
        <a key={key} href={inline.href} target="_blank" rel="noopener noreferrer nofollow">
          {drawAll(inline.children)}
        </a>
      );
  }
}
