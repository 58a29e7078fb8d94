/** Storage in memory; give the same map and kind "durable" again to live through a reload. */
export { memoryStorage } from "../continuity/memory-storage.ts";
