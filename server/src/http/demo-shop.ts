import { readFileSync } from "node:fs";
import { join } from "node:path";
import { escapeHtml } from "./html.ts";

const STYLE = readFileSync(join(import.meta.dirname, "demo-shop.css"), "utf8");

const GOODS = [
  { name: "Harbour merino", about: "Fine merino, 100 g, 400 m", price: "€ 18.50", colour: "#3f6f8f" },
  { name: "Heather tweed", about: "Wool with flecks, 50 g, 160 m", price: "€ 9.20", colour: "#8a5b8f" },
  { name: "Saffron linen", about: "Washed linen, 100 g, 290 m", price: "€ 14.00", colour: "#d99a2b" },
  { name: "Moss alpaca", about: "Brushed alpaca, 25 g, 220 m", price: "€ 12.80", colour: "#6f8a4f" },
  { name: "Ember sock yarn", about: "Wool and nylon, 100 g, 420 m", price: "€ 16.40", colour: "#c2553d" },
  { name: "Chalk cotton", about: "Organic cotton, 50 g, 125 m", price: "€ 6.90", colour: "#a89f93" },
];

export type ShopPage = {
  page: "shop" | "delivery";
  channels: readonly { id: string; name: string }[];
  channelId: string | null;
  nonce: string;
};

/** A small shop with Clew on it as any site would have it: one script tag, a strict policy with a nonce. */
export function shopPage({ page, channels, channelId, nonce }: ShopPage): string {
  const chosen = channels.find(({ id }) => id === channelId) ?? channels[0];
  const href = (path: string, id = chosen?.id) => escapeHtml(id ? `${path}?channel=${id}` : path);
  const here = (is: boolean) => (is ? ' aria-current="page"' : "");
  const path = page === "shop" ? "/" : "/second-page";
  const choices = channels.map(
    ({ id, name }) => `<a href="${href(path, id)}"${here(id === chosen?.id)}>${escapeHtml(name)}</a>`,
  );
  const title = page === "shop" ? "Ariadne Yarns" : "Delivery and returns · Ariadne Yarns";

  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="icon" href="data:,">
<style nonce="${nonce}">${STYLE}</style>
</head>
<body>
<aside class="demo" aria-label="About this demo"><div class="wrap">
<strong>Demo shop</strong>
<nav aria-label="Channel">${choices.join("\n")}</nav>
<a class="end" href="/console/">Open the agents' console</a>
</div></aside>
<header class="top"><div class="wrap">
<a class="brand" href="${href("/")}">${ball("#8a3b5c")}Ariadne Yarns</a>
<nav aria-label="Shop"><a href="${href("/")}"${here(page === "shop")}>Yarns</a><a href="${href("/second-page")}"${here(page === "delivery")}>Delivery and returns</a></nav>
</div></header>
<main class="wrap">${page === "shop" ? shop() : delivery()}</main>
<footer><div class="wrap">Ariadne Yarns is made up. The chat in the corner is real: someone in the console can answer.</div></footer>
${chosen ? `<script nonce="${nonce}" src="/clew.js" data-channel="${escapeHtml(chosen.id)}" async></script>` : ""}
</body>
</html>
`;
}

function shop(): string {
  const goods = GOODS.map(
    ({ name, about, price, colour }) =>
      `<li>${ball(colour)}<div><h2>${name}</h2><p>${about}</p><span class="price">${price}</span></div></li>`,
  );
  return `<section class="hero"><h1>Yarn that leads you back</h1>
<p>Wool, linen and alpaca from small mills. Not sure how much you need, or where your parcel is? Ask us in the chat.</p></section>
<ul class="goods">${goods.join("\n")}</ul>`;
}

function delivery(): string {
  return `<section class="text"><h1>Delivery and returns</h1>
<dl>
<dt>When will my yarn arrive?</dt><dd>Within three working days in the country, within a week elsewhere.</dd>
<dt>What does delivery cost?</dt><dd>€ 4.90, and nothing for orders over € 60.</dd>
<dt>Can I send yarn back?</dt><dd>Within 30 days, as long as the label is still on the ball.</dd>
<dt>I bought one ball too few.</dt><dd>Tell us the dye lot in the chat, and we look for a match.</dd>
</dl></section>`;
}

function ball(colour: string): string {
  const strands = [
    "M22 34q28-16 56 0",
    "M18 46q32-18 64 0",
    "M19 58q31-18 62 0",
    "M25 70q25-14 50 0",
    "M36 18q-14 28 2 62",
  ];
  const lines = strands.map((strand) => `<path d="${strand}"/>`).join("");
  return `<svg viewBox="0 0 112 100" aria-hidden="true"><circle cx="50" cy="50" r="34" fill="${colour}"/><g fill="none" stroke="#fff" stroke-opacity=".55" stroke-width="2.5" stroke-linecap="round">${lines}</g><path d="M74 74q14 14 34 6" fill="none" stroke="${colour}" stroke-width="3" stroke-linecap="round"/></svg>`;
}
