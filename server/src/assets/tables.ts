/** Pictures for flows; `content` is base64. */
export type AssetTables = {
  assets: {
    name: string;
    type: string;
    size: number;
    width: number | null;
    height: number | null;
    content: string;
    created_by: string | null;
    created_at: number;
  };
};
