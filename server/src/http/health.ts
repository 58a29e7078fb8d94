import { problem } from "@clew/contract/problems";
import type { FastifyInstance } from "fastify";
import { sendProblem } from "./problem-replies.ts";

/** `live`: the process answers. `ready`: it can serve; until then a load balancer should send nobody here. */
export function registerHealth(app: FastifyInstance, ready: () => Promise<boolean>): void {
  app.get("/health/live", async (_request, reply) =>
    reply.header("cache-control", "no-store").send({ status: "live" }),
  );
  app.get("/health/ready", async (_request, reply) => {
    const isReady = await ready().catch(() => false);
    if (!isReady)
      return sendProblem(reply, problem("unavailable", { detail: "The server is not ready.", retryAfter: 1 }));
    return reply.header("cache-control", "no-store").send({ status: "ready" });
  });
}
