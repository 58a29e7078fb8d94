import type { FastifyInstance } from "fastify";

/** Headers of everything. Pages and files set their own policy over the strictest one that stands here. */
export function registerSecurityHeaders(app: FastifyInstance, { https }: { https: boolean }): void {
  app.addHook("onRequest", async (_request, reply) => {
    reply.header("x-content-type-options", "nosniff");
    reply.header("referrer-policy", "no-referrer");
    reply.header("content-security-policy", "default-src 'none'; frame-ancestors 'none'");
    reply.header("cross-origin-resource-policy", "same-origin");
    if (https) reply.header("strict-transport-security", "max-age=31536000");
  });
}

/**
 * The policy of our pages: scripts from here or with the nonce, nothing from elsewhere but pictures, which admins choose
 * (logos). `framedBy` names who may show the page in a frame, `frames` the origins whose pages it may show in one.
 */
export function pagePolicy({
  nonce,
  framedBy = "'none'",
  frames = [],
  inlineStyles = false,
}: {
  nonce?: string;
  framedBy?: string;
  frames?: readonly string[];
  inlineStyles?: boolean;
}): string {
  const mark = nonce ? ` 'nonce-${nonce}'` : "";
  return [
    "default-src 'none'",
    `script-src 'self'${mark}`,
    `style-src 'self'${inlineStyles ? " 'unsafe-inline'" : mark}`,
    "img-src 'self' data: blob: https:",
    "font-src 'self' data:",
    "media-src 'self' data: blob:",
    "connect-src 'self'",
    ["frame-src 'self'", ...frames].join(" "),
    "worker-src 'self' blob:",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    `frame-ancestors ${framedBy}`,
  ].join("; ");
}
