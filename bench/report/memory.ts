import { readFileSync } from "node:fs";
import { WebSocket } from "ws";
import type { ServerProcess } from "../../tests/support/server-process.ts";

/** Memory that the system has given to the process, in bytes. Linux only. */
export function residentMemory(server: ServerProcess): number {
  const status = readFileSync(`/proc/${server.pid}/status`, "utf8");
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1]) * 1024;
}

/** The same and the JavaScript heap in use, after the garbage has been collected. The server runs with `--inspect`. */
export async function liveMemory(server: ServerProcess): Promise<{ resident: number; heap: number }> {
  const inspector = new WebSocket(server.inspector);
  await new Promise((resolve, reject) => inspector.once("open", resolve).once("error", reject));
  const ask = (id: number, method: string) =>
    new Promise<{ usedSize?: number }>((resolve) => {
      inspector.on("message", (data) => {
        const answer = JSON.parse(data.toString()) as { id?: number; result: { usedSize?: number } };
        if (answer.id === id) resolve(answer.result);
      });
      inspector.send(JSON.stringify({ id, method }));
    });
  await ask(1, "HeapProfiler.collectGarbage");
  await ask(2, "HeapProfiler.collectGarbage");
  const { usedSize = Number.NaN } = await ask(3, "Runtime.getHeapUsage");
  const resident = residentMemory(server);
  const gone = new Promise((resolve) => inspector.once("close", resolve));
  inspector.close();
  await gone;
  return { resident, heap: usedSize };
}
