import type { JSX } from "preact";
import { type Block, type Inline, isLongAddress, parseMarkdown } from "./markdown.ts";

/** A message's Markdown as elements. Only elements listed here can come out of a message. */
export function Markdown({ text }: { text: string }) {
  return <>{parseMarkdown(text).map(block)}</>;
}

function block(node: Block, key: number): JSX.Element {
  switch (node.type) {
    case "paragraph":
      return <p key={key}>{node.children.map(inline)}</p>;
    case "quote":
      return <blockquote key={key}>{node.children.map(inline)}</blockquote>;
    case "code":
      return (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: code that scrolls sideways must be reachable by keyboard
        <pre key={key} tabIndex={0}>
          <code>{node.text}</code>
        </pre>
      );
    case "list": {
      const items = node.items.map((item, index) => <li key={index}>{item.map(inline)}</li>);
      return node.ordered ? (
        <ol key={key} start={node.start}>
          {items}
        </ol>
      ) : (
        <ul key={key}>{items}</ul>
      );
    }
  }
}

function inline(node: Inline, key: number): JSX.Element | string {
  switch (node.type) {
    case "text":
      return node.text;
    case "break":
      return <br key={key} />;
    case "bold":
      return <strong key={key}>{node.children.map(inline)}</strong>;
    case "italic":
      return <em key={key}>{node.children.map(inline)}</em>;
    case "strike":
      return <s key={key}>{node.children.map(inline)}</s>;
    case "code":
      return <code key={key}>{node.text}</code>;
    case "link":
      return (
        <a
          key={key}
          class={isLongAddress(node) ? "address" : undefined}
          href={node.href}
          target="_blank"
          rel="noopener noreferrer nofollow"
        >
          {node.children.map(inline)}
        </a>
      );
  }
}
