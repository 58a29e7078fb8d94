export type AttachmentTables = {
  /** `claimed_at`: when a message took the file; null while it belongs to its uploader alone. */
  attachments: {
    id: string;
    conversation_id: string;
    /** Kind and id, such as "customer:0198…". */
    uploader: string;
    name: string;
    type: string;
    size: number;
    sha256: string;
    width: number | null;
    height: number | null;
    staff_only: number;
    claimed_at: number | null;
    created_at: number;
  };
  /** Uploads under way. `sha256` of the whole in hex, when the sender gave it. */
  uploads: {
    id: string;
    conversation_id: string;
    uploader: string;
    size: number;
    sha256: string | null;
    created_at: number;
    touched_at: number;
  };
};
