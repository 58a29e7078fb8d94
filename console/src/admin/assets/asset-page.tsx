import type { Asset } from "@clew/contract/flows/assets";
import { MAX_ASSET_BYTES } from "@clew/contract/limits";
import { Button, CopyButton, FileButton, Text } from "@mantine/core";
import { IconCheck, IconCopy, IconPhoto, IconPlus } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { bytes } from "../../conversation/bytes.ts";
import { problemOf, useAsk } from "../api/admin-api.tsx";
import { problemSentence } from "../api/problem-sentence.ts";
import { DeleteButton } from "../editing/delete-button.tsx";
import { Empty } from "../page/empty.tsx";
import { Notice } from "../page/notice.tsx";
import rows from "../page/page.module.css";
import { Page, Read } from "../page/page.tsx";
import { tell } from "../page/tell.ts";
import { date } from "../strings/dates.ts";
import { a } from "../strings/words.ts";
import classes from "./assets.module.css";

const KINDS = "image/png,image/jpeg,image/gif,image/webp";

/** Pictures that flows may show: put there, copied by their address, taken away. */
export function AssetPage() {
  const ask = useAsk();
  const queries = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const assets = useQuery({
    queryKey: ["admin", "assets"],
    queryFn: async () => (await ask<{ items: Asset[] }>("listAssets")).items,
  });
  const changed = () => queries.invalidateQueries({ queryKey: ["admin", "assets"] });
  async function put(file: File | null) {
    if (!file) return;
    setRefusal(null);
    if (file.size > MAX_ASSET_BYTES) return setRefusal(a("assets.tooLarge"));
    setBusy(true);
    try {
      const content = await base64Of(file);
      const { name } = await ask<Asset>("createAsset", { body: { name: file.name, content } });
      await changed();
      tell(a("assets.stored", { name }));
    } catch (thrown) {
      const problem = problemOf(thrown);
      setRefusal(problem.code === "type-refused" ? a("assets.noPicture") : problemSentence(problem));
    } finally {
      setBusy(false);
    }
  }
  const add = (
    <FileButton onChange={(file) => void put(file)} accept={KINDS}>
      {(props) => (
        <Button {...props} loading={busy} leftSection={<IconPlus size={16} />}>
          {a("assets.add")}
        </Button>
      )}
    </FileButton>
  );
  return (
    <Page title={a("nav.assets")} about={a("assets.about")} actions={assets.data?.length ? add : undefined}>
      {refusal && (
        <Notice tone="bad" loud>
          {refusal}
        </Notice>
      )}
      <Read query={assets}>
        {(items) =>
          items.length === 0 ? (
            <Empty icon={IconPhoto} title={a("assets.empty")} about={a("assets.emptyAbout")} action={add} />
          ) : (
            <ul className={rows.rows} aria-label={a("nav.assets")}>
              {items.map((asset) => (
                <AssetRow key={asset.name} asset={asset} onRemoved={() => void changed()} />
              ))}
            </ul>
          )
        }
      </Read>
    </Page>
  );
}

function AssetRow({ asset: { name, size, image, createdAt }, onRemoved }: { asset: Asset; onRemoved(): void }) {
  const ask = useAsk();
  const address = `/assets/${name}`;
  const about = [image && `${image.width} × ${image.height}`, bytes(size), date(createdAt)];
  return (
    <li className={classes.row}>
      <img className={classes.picture} src={address} alt="" loading="lazy" />
      <div className={classes.text}>
        <Text fw={550}>{name}</Text>
        <Text fz="sm" c="dimmed">
          {about.filter(Boolean).join(" · ")}
        </Text>
      </div>
      <CopyButton value={address} timeout={2000}>
        {({ copied, copy }) => (
          <Button
            variant="default"
            size="xs"
            onClick={copy}
            aria-label={`${copied ? a("copy.copied") : a("assets.address")}: ${name}`}
            leftSection={copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
          >
            {copied ? a("copy.copied") : a("assets.address")}
          </Button>
        )}
      </CopyButton>
      <DeleteButton
        what={name}
        label={a("delete.delete")}
        remove={() => ask("deleteAsset", { params: { name } })}
        onRemoved={onRemoved}
      />
    </li>
  );
}

/** In pieces: the arguments of one call are limited. */
async function base64Of(file: File): Promise<string> {
  const content = new Uint8Array(await file.arrayBuffer());
  let text = "";
  for (let at = 0; at < content.length; at += 8192) text += String.fromCharCode(...content.subarray(at, at + 8192));
  return btoa(text);
}
