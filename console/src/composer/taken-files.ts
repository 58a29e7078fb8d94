import { MAX_ATTACHMENT_BYTES, MAX_MESSAGE_FILES } from "@clew/contract/limits";
import { t } from "../strings/strings.ts";

/** Of files chosen together those that a message with `held` files can take, and sentences about the others. */
export function takenOf<Chosen extends { name: string; size: number }>(
  chosen: readonly Chosen[],
  held: number,
): { taken: Chosen[]; refused: string[] } {
  const room = Math.max(0, MAX_MESSAGE_FILES - held);
  const within = chosen.slice(0, room);
  const taken = within.filter(({ size }) => size <= MAX_ATTACHMENT_BYTES);
  const size = `${MAX_ATTACHMENT_BYTES / 2 ** 20} MB`;
  const refused = within
    .filter((file) => file.size > MAX_ATTACHMENT_BYTES)
    .map(({ name }) => t("upload.tooLarge", { name, size }));
  if (chosen.length > room) refused.push(t("upload.tooMany", { count: MAX_MESSAGE_FILES }));
  return { taken, refused };
}
