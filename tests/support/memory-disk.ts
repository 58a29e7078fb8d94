import { chmodSync, existsSync, mkdirSync, readdirSync, rmSync, statfsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isAlive, removeLeftOvers } from "./postgres-cluster.ts";

/** A disk that is memory, where the system has one. */
const MEMORY = "/dev/shm";
const PREFIX = "clew-tests-";
/** Several times what the tests of a run have there at any time, in bytes. */
const ENOUGH = 2 * 1024 ** 3;

/**
 * What tests write goes to memory where there is room: stores, a PostgreSQL, profiles of browsers. They write and wait as
 * ever; only the disk is quick. Tests of what survives on a real one take `realDisk()`. To keep everything on a disk of your
 * own, name a folder of it in CLEW_TEST_DISK and in TMPDIR.
 */
export default async function setup(): Promise<(() => void) | undefined> {
  if (process.env.CLEW_TEST_DISK || !hasRoom()) return undefined;
  await removeFoldersOfTheDead();
  const before = process.env.TMPDIR;
  // The folder names the process that owns it. Others must be able to look into it: PostgreSQL never runs as root.
  const folder = join(MEMORY, `${PREFIX}${process.pid}`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  chmodSync(folder, 0o755);
  process.env.CLEW_TEST_DISK = tmpdir();
  process.env.TMPDIR = folder;
  return () => {
    delete process.env.CLEW_TEST_DISK;
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
    rmSync(folder, { recursive: true, force: true });
  };
}

function hasRoom(): boolean {
  if (!existsSync(MEMORY)) return false;
  const { bavail, bsize } = statfsSync(MEMORY);
  return bavail * bsize >= ENOUGH;
}

/** What a run that was killed left behind takes memory. */
async function removeFoldersOfTheDead(): Promise<void> {
  for (const name of readdirSync(MEMORY).filter((each) => each.startsWith(PREFIX))) {
    const owner = Number(name.slice(PREFIX.length));
    if (!Number.isInteger(owner) || isAlive(owner)) continue;
    const folder = join(MEMORY, name);
    await removeLeftOvers(folder);
    rmSync(folder, { recursive: true, force: true });
  }
}
