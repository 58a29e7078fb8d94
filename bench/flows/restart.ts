import { flowAdmin } from "@clew/server/testing/flows";
import { newId } from "@clew/server/testing/test-app";
import { clewPlace } from "../crowd.ts";
import { columns } from "../report/columns.ts";
import { cpuOf } from "../report/cpu.ts";
import { liveMemory } from "../report/memory.ts";
import { waitingFlow } from "./definitions.ts";
import { copyWaitingRun } from "./stored-runs.ts";

/** How long a server takes to serve with so many runs waiting in its store, and what they take of its memory. */
export async function measureRestart(engine: "sqlite" | "postgres", waiting: number): Promise<void> {
  const { server, remove, ...store } = await clewPlace(engine, ["--inspect=127.0.0.1:0"]);
  try {
    await server.start();
    const flow = waitingFlow("agent.button");
    const admin = await flowAdmin(server.url);
    await admin.publish(flow);
    const { id } = await admin.post<{ id: string }>(`/flows/${flow.key}/runs`, { id: newId(), inputs: {} });
    const restart = async () => {
      await server.stop();
      const from = performance.now();
      await server.start();
      const ready = await fetch(`${server.url}/health/ready`);
      if (!ready.ok) throw new Error(`not ready: ${ready.status}`);
      const started = performance.now() - from;
      return { started, processor: cpuOf(server.pid) ?? Number.NaN, ...(await liveMemory(server)) };
    };
    const alone = await restart();
    await copyWaitingRun(store, { id, count: waiting });
    const full = await restart();
    const taken = await fetch(`${server.url}/api/v1/flow-events`, {
      method: "POST",
      headers: { ...(await flowAdmin(server.url)).headers, "content-type": "application/json" },
      body: JSON.stringify({ id: newId(), type: "bench.paid", key: `order-${waiting}`, data: {} }),
    });
    if (!((await taken.json()) as { taken: boolean }).taken) throw new Error("the last run does not go on");
    const mega = (bytes: number) => `${(bytes / 1024 / 1024).toFixed(1)} MB`;
    const seconds = (time: number) => `${(time / 1_000).toFixed(2)} s`;
    const line = (runs: number, { started, processor, heap, resident }: typeof full) => [
      String(runs),
      seconds(started),
      seconds(processor),
      mega(heap),
      mega(resident),
    ];
    const head = ["waiting runs", "start to ready", "of processor", "heap after collection", "resident"];
    console.log(`${engine}\n${columns(head, [line(1, alone), line(waiting + 1, full)])}\n`);
  } finally {
    await server.stop();
    await remove();
  }
}
