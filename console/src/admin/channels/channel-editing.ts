import type { ChannelSettings } from "@clew/contract/channels";
import type { Editing } from "../editing/use-editing.ts";

/** A channel's settings while they are edited: what the tabs of its page share. */
export type ChannelEditing = Editing<ChannelSettings>;
