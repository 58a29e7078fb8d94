import { revisionOf } from "@clew/client/agent";
import type { RecordObject, StoredRecord } from "@clew/contract/flows/records";
import { uuidv7 } from "@clew/contract/uuid";
import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useDesk, useDeskState } from "../desk.tsx";
import { ask } from "../queries.ts";

/** Object types; undefined until they were read. */
export function useObjects(): readonly RecordObject[] | undefined {
  const desk = useDesk();
  const revision = useDeskState(({ configuration }) => revisionOf(configuration, "record-object"));
  return useQuery({
    queryKey: ["listRecordObjects", revision],
    queryFn: () => ask("listRecordObjects", desk.request("listRecordObjects")),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  }).data?.items;
}

type Filter = { search?: string; conversation?: string };

/** Records of an object, last changed first; read again when any record has changed. */
export function useRecords(object: string, filter: Filter = {}) {
  const desk = useDesk();
  const revision = useDeskState(({ configuration }) => revisionOf(configuration, "records"));
  return useInfiniteQuery({
    queryKey: ["listRecords", object, filter, revision],
    queryFn: async ({ pageParam }) => {
      const read = (after: string) => {
        const query = { ...filter, ...(after ? { after } : {}), limit: "50" };
        return ask("listRecords", desk.request("listRecords", { params: { object }, query }));
      };
      let page = await read(pageParam);
      // A search through very many answers now and then with nothing yet.
      while (page.items.length === 0 && page.next) page = await read(page.next);
      return page;
    },
    initialPageParam: "",
    getNextPageParam: ({ next }) => next ?? null,
    placeholderData: keepPreviousData,
    staleTime: 0,
  });
}

/** One record; read again when it has changed. */
export function useRecord(object: string, id: string | null) {
  const desk = useDesk();
  const revision = useDeskState(({ configuration }) => revisionOf(configuration, `record ${id}`));
  return useQuery({
    queryKey: ["readRecord", object, id, revision],
    enabled: id !== null,
    queryFn: () => ask("readRecord", desk.request("readRecord", { params: { object, id: id ?? "" } })),
    placeholderData: (before: StoredRecord | undefined) => (before?.id === id ? before : undefined),
    staleTime: 0,
  });
}

/** An id for a record to be made: the same for a press that is repeated. */
export function useNewId(): () => string {
  const desk = useDesk();
  return () => uuidv7(desk.serverNow(), crypto.getRandomValues(new Uint8Array(10)));
}
