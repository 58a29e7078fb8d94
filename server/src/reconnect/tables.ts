/** Customers' connections by process, and links to come back with. */
export type ReconnectTables = {
  processes: { id: string; lease: number };
  customer_connections: { conversation_id: string; process_id: string };
  reconnect_links: {
    id: string;
    token_hash: string;
    conversation_id: string;
    customer_id: string;
    channel_id: string;
    created_by: string;
    created_at: number;
    expires_at: number;
    used_at: number | null;
    /** The try that used it up, by the id that its device gave it. */
    used_by: string | null;
    revoked_at: number | null;
  };
};
