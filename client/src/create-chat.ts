import type { Page } from "@clew/contract/conversations";
import type { Chat } from "./chat.ts";
import type { Ports } from "./ports.ts";

export type ChatOptions = {
  /** Where Clew runs, such as "https://chat.shop.example"; empty for the page's own origin. */
  server: string;
  channelId: string;
  /** BCP 47 tag, such as "de". */
  language: string;
  page?: Page;
  /** Gives the page's signed token of the customer; asked whenever one is needed. Absent: guests. */
  identityToken?: () => Promise<string>;
  /** Parts of the outside world to replace; the rest is the browser's. */
  ports?: Partial<Ports>;
};

export declare function createChat(options: ChatOptions): Chat;
