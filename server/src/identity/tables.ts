/** Customers with their devices and secrets, agents' passwords and sessions, API keys of programs. */
export type IdentityTables = {
  customers: {
    id: string;
    kind: "guest" | "verified";
    channel_id: string | null;
    issuer: string | null;
    subject: string | null;
    name: string | null;
    email: string | null;
    became: string | null;
    created_at: number;
    updated_at: number;
  };
  customer_devices: {
    id: string;
    customer_id: string;
    channel_id: string;
    epoch: number;
    expires_at: number;
    revoked_at: number | null;
    created_at: number;
    used_at: number;
  };
  resume_secrets: {
    hash: string;
    device_id: string;
    salt: string;
    next: string | null;
    replaced_at: number | null;
    created_at: number;
  };
  agent_credentials: { agent_id: string; password_hash: string; changed_at: number };
  agent_sessions: {
    id: string;
    token_hash: string;
    agent_id: string;
    user_agent: string;
    created_at: number;
    used_at: number;
    expires_at: number;
  };
  api_keys: {
    id: string;
    name: string;
    scopes: string;
    secret_hash: string;
    created_by: string;
    created_at: number;
    last_used_at: number | null;
  };
};
