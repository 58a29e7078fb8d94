import type { RecordObject } from "@clew/contract/flows/records";
import { type UseQueryResult, useQuery } from "@tanstack/react-query";
import { useAsk } from "../api/admin-api.tsx";

/** Object types with their fields. */
export function useRecordObjects(): UseQueryResult<RecordObject[]> {
  const ask = useAsk();
  return useQuery({
    queryKey: ["admin", "record-objects"],
    queryFn: async () => (await ask<{ items: RecordObject[] }>("listRecordObjects")).items,
  });
}
