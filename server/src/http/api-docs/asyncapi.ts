import { API_BASE } from "@clew/contract/api";
import { ClientMessage, ServerMessage } from "@clew/contract/stream";
import type { TSchema } from "typebox";
import { components } from "./named-schemas.ts";

type Message = { name: string; title: string; payload: object };

/** The stream as AsyncAPI 3.0: what clients send and what the server sends, one JSON object a frame. */
export function asyncApi(version: string): object {
  const { schemas, reference } = components();
  const fromClient = messagesOf(ClientMessage, "client", reference);
  const fromServer = messagesOf(ServerMessage, "server", reference);
  const pointers = (messages: Record<string, Message>) =>
    Object.keys(messages).map((name) => ({ $ref: `#/channels/stream/messages/${name}` }));
  const channel = { $ref: "#/channels/stream" };
  return {
    asyncapi: "3.0.0",
    info: { title: "Clew stream", version, description: "Live conversations over a WebSocket." },
    defaultContentType: "application/json",
    channels: {
      stream: {
        address: `${API_BASE}/stream`,
        description: "The client speaks first with `hello`; the server answers `welcome` or `bye`.",
        messages: { ...fromClient, ...fromServer },
      },
    },
    operations: {
      receiveFromClient: { action: "receive", channel, messages: pointers(fromClient) },
      sendToClient: { action: "send", channel, messages: pointers(fromServer) },
    },
    components: { schemas },
  };
}

/** One message a branch of the union, named by its `type`; branches of the same type are alternatives of one message. */
function messagesOf(union: TSchema, side: string, reference: (schema: TSchema) => object): Record<string, Message> {
  const branches = (union as { anyOf?: TSchema[] }).anyOf ?? [];
  const messages: Record<string, Message> = {};
  for (const branch of branches) {
    const type = String((branch as { properties?: { type?: { const?: unknown } } }).properties?.type?.const);
    const name = `${side}-${type}`;
    const payload = reference(branch);
    const earlier = messages[name];
    messages[name] = { name, title: type, payload: earlier ? { anyOf: [earlier.payload, payload] } : payload };
  }
  return messages;
}
