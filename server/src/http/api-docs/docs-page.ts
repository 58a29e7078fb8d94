import { readFileSync } from "node:fs";
import { join } from "node:path";

const STYLE = readFileSync(join(import.meta.dirname, "docs.css"), "utf8");

/** The frame of the generated documents: no scripts, nothing from elsewhere. */
export function docsPage({ title, body, nonce }: { title: string; body: string; nonce: string }): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="icon" href="data:,">
<style nonce="${nonce}">${STYLE}</style>
</head>
<body><main>
${body}
</main></body>
</html>
`;
}
