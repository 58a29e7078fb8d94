import type { Queue } from "@clew/contract/routing";
import { IconStack2 } from "@tabler/icons-react";
import { useItems } from "../api/items.ts";
import { Row } from "../page/rows.tsx";
import { ListPage } from "../page/settings-page.tsx";
import { a } from "../strings/words.ts";

export function QueueList() {
  return (
    <ListPage
      query={useItems("Queue")}
      title={a("nav.queues")}
      about={a("queues.about")}
      add={{ to: "queues/new", label: a("queues.new") }}
      empty={{ icon: IconStack2, title: a("queues.empty"), about: a("queues.emptyAbout") }}
      row={(queue: Queue) => (
        <Row
          key={queue.id}
          to={`queues/${queue.id}`}
          name={queue.name}
          about={`${a("queues.members", { count: queue.members.length })} · ${a(queue.strategy === "most-available" ? "queue.mostAvailable" : "queue.leastActive")}`}
        />
      )}
    />
  );
}
