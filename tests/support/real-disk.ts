import { tmpdir } from "node:os";

/** The folder for temporary files that is no memory: for tests of what survives on a disk (`memory-disk.ts`). */
export function realDisk(): string {
  return process.env.CLEW_TEST_DISK ?? tmpdir();
}
