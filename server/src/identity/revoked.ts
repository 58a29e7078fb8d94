/** What has lost its right of access. Streams that it opened must be closed. */
export type Revoked = { deviceId: string } | { staffSessionId: string } | { agentId: string } | { keyId: string };
