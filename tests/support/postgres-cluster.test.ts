import { spawn } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { expect, onTestFinished, test } from "vitest";
import { removeLeftOvers, startPostgresCluster } from "./postgres-cluster.ts";

async function setting(url: string, name: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(`SHOW ${name}`)).rows[0]?.[name];
  } finally {
    await client.end();
  }
}

test("a durable cluster writes through to the disk, and leaves no folder behind when it stops", async () => {
  const cluster = await startPostgresCluster({ durable: true });
  expect(await setting(cluster.url, "fsync")).toBe("on");
  expect(await setting(cluster.url, "synchronous_commit")).toBe("on");
  await cluster.stop();
  expect(existsSync(cluster.folder)).toBe(false);
});

test("what a killed run left behind is stopped and removed by the next", async () => {
  // A place of its own, as any other run on this machine would clear the common one.
  const place = mkdtempSync(join(tmpdir(), "clew-left-overs-"));
  onTestFinished(() => rmSync(place, { recursive: true, force: true }));
  chmodSync(place, 0o755);
  const module = fileURLToPath(new URL("postgres-cluster.ts", import.meta.url));
  const program = `const { startPostgresCluster } = await import(${JSON.stringify(module)});
    const { folder, url } = await startPostgresCluster();
    console.log("READY " + JSON.stringify({ folder, url }));`;
  const run = spawn(process.execPath, ["--input-type=module", "-e", program], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, TMPDIR: place },
  });
  const left = await new Promise<{ folder: string; url: string }>((resolve) => {
    let seen = "";
    run.stdout.on("data", (chunk) => {
      seen += chunk;
      const line = /READY (.*)\n/.exec(seen)?.[1];
      if (line) resolve(JSON.parse(line));
    });
  });
  const gone = new Promise((resolve) => run.on("exit", resolve));
  run.kill("SIGKILL");
  await gone;
  expect(await setting(left.url, "fsync")).toBe("off");

  await removeLeftOvers(place);

  expect(existsSync(left.folder)).toBe(false);
  await expect
    .poll(
      () =>
        setting(left.url, "fsync").then(
          () => "up",
          () => "down",
        ),
      { timeout: 10_000 },
    )
    .toBe("down");
});

test("a process that has failed says so with its code, though it had a cluster", async () => {
  const module = fileURLToPath(new URL("postgres-cluster.ts", import.meta.url));
  const program = `const { startPostgresCluster } = await import(${JSON.stringify(module)});
    await (await startPostgresCluster()).stop();
    process.exitCode = 3;`;
  const run = spawn(process.execPath, ["--input-type=module", "-e", program], { stdio: "inherit" });
  expect(await new Promise((resolve) => run.on("exit", resolve))).toBe(3);
});
