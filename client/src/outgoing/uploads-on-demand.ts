import type { KeptUpload } from "./kept-upload.ts";
import type { Uploads, UploadsInput } from "./uploads.ts";

/**
 * Uploads whose code comes ahead of the first file, and not with the first sight of the chat: most conversations have
 * none. A file for which it does not come stays in storage and goes with the next start.
 */
export function uploadsOnDemand(input: UploadsInput) {
  let there: Uploads | undefined;
  let coming: Promise<Uploads | undefined> | undefined;
  const fetch = () => {
    coming ??= import("./uploads.ts").then(
      ({ createUploads }) => {
        there = createUploads(input);
        return there;
      },
      () => {
        coming = undefined;
        return undefined;
      },
    );
    return coming;
  };
  return {
    fetch,
    /** Those that have begun. */
    get: () => there,
    add: async (kept: KeptUpload) => (await fetch())?.add(kept),
  };
}
