import type { OpenConversation, OpenConversationState } from "@clew/client/agent";
import { useRef, useState } from "react";
import { takenOf } from "./taken-files.ts";

type Stored = Extract<OpenConversationState["uploads"][number], { state: "stored" }>;

/** Files into a message: chosen, dropped on the composer, or pasted. `refused` says what was not taken the last time. */
export function useFiles(handle: OpenConversation, state: OpenConversationState) {
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const [refused, setRefused] = useState<readonly string[]>([]);
  const add = (files: readonly File[]) => {
    const result = takenOf(files, state.uploads.length);
    setRefused(result.refused);
    for (const file of result.taken) void handle.upload(file);
  };
  return {
    input,
    over,
    refused,
    forgetRefused: () => setRefused([]),
    all: state.uploads,
    busy: state.uploads.some((upload) => upload.state === "uploading"),
    stored: state.uploads.filter((upload): upload is Stored => upload.state === "stored"),
    choose: (event: React.ChangeEvent<HTMLInputElement>) => {
      add([...(event.currentTarget.files ?? [])]);
      event.currentTarget.value = "";
    },
    paste: (event: React.ClipboardEvent) => {
      const files = [...event.clipboardData.files];
      if (files.length === 0) return;
      event.preventDefault();
      add(files);
    },
    dropping: {
      onDragOver: (event: React.DragEvent) => {
        if (!event.dataTransfer.types.includes("Files")) return;
        event.preventDefault();
        setOver(true);
      },
      onDragLeave: (event: React.DragEvent) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false);
      },
      onDrop: (event: React.DragEvent) => {
        event.preventDefault();
        setOver(false);
        add([...event.dataTransfer.files]);
      },
    },
  };
}
