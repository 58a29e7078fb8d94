import type { QuickReply } from "@clew/contract/agents";
import { Code, TextInput } from "@mantine/core";
import { IconBolt, IconSearch } from "@tabler/icons-react";
import { useState } from "react";
import { useItems } from "../api/items.ts";
import { Row } from "../page/rows.tsx";
import { ListPage } from "../page/settings-page.tsx";
import { a } from "../strings/words.ts";

export function ReplyList() {
  const replies = useItems("QuickReply");
  const [search, setSearch] = useState("");
  const wanted = search.trim().toLowerCase();
  const found = replies.data?.filter((reply) =>
    `${reply.shortcut} ${reply.title} ${reply.text}`.toLowerCase().includes(wanted),
  );
  return (
    <ListPage
      query={{ ...replies, data: found } as typeof replies}
      title={a("nav.replies")}
      about={a("replies.about")}
      add={{ to: "replies/new", label: a("replies.new") }}
      empty={
        wanted === ""
          ? { icon: IconBolt, title: a("replies.empty"), about: a("replies.emptyAbout") }
          : { icon: IconSearch, title: a("search.nothing", { what: search }), about: a("search.nothingAbout") }
      }
      above={
        (replies.data?.length ?? 0) > 0 && (
          <TextInput
            aria-label={a("replies.search")}
            placeholder={a("replies.search")}
            leftSection={<IconSearch size={16} />}
            value={search}
            onChange={(event) => setSearch(event.currentTarget.value)}
          />
        )
      }
      row={(reply: QuickReply) => (
        <Row
          key={reply.id}
          to={`replies/${reply.id}`}
          name={reply.title}
          about={reply.text}
          trail={<Code>/{reply.shortcut}</Code>}
        />
      )}
    />
  );
}
