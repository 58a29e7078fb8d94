/** Pauses between tries begin with the first and double up to the last, in milliseconds. */
const FIRST_MS = 1_000;
const LAST_MS = 30_000;

/** What is fetched, however often that fails first: after a pause, or at once when the browser is online again. */
export async function untilThere<Thing>(load: () => Promise<Thing>): Promise<Thing> {
  for (let pause = FIRST_MS; ; pause = Math.min(pause * 2, LAST_MS)) {
    try {
      return await load();
    } catch {
      await new Promise((goOn) => {
        setTimeout(goOn, pause);
        addEventListener("online", goOn, { once: true });
      });
    }
  }
}
