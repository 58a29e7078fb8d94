import type { Readable } from "node:stream";

/** A file or text to send as it is. `size` in bytes. */
export class Download {
  readonly content: Readable | Uint8Array | string;
  readonly type: string;
  readonly name: string;
  readonly inline: boolean;
  readonly size: number | undefined;

  constructor(file: {
    content: Readable | Uint8Array | string;
    type: string;
    name: string;
    inline?: boolean;
    size?: number;
  }) {
    this.content = file.content;
    this.type = file.type;
    this.name = file.name;
    this.inline = file.inline ?? false;
    this.size = file.size;
  }
}
