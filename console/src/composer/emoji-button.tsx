import { ActionIcon, Popover, Tooltip } from "@mantine/core";
import { IconMoodSmile } from "@tabler/icons-react";
import { useState } from "react";
import { t } from "../strings/strings.ts";
import classes from "./composer.module.css";

const EMOJI =
  "😀 😄 😊 🙂 😉 😍 😂 😅 🤔 😮 😢 😕 🙄 😴 🙏 👍 👎 👌 👏 🙌 💪 👋 🤝 🎉 ❤️ 💙 ⭐ 🔥 ✅ ❌ ⚠️ ❓ ❗ 💡 📦 🚚 🧾 💳 🔑 🔒 📎 📷 📞 ✉️ ⏰ 📅 🎁 ☀️".split(
    " ",
  );

export function EmojiButton({ onChoose }: { onChoose(emoji: string): void }) {
  const [open, setOpen] = useState(false);
  return (
    <Popover opened={open} onChange={setOpen} position="top-start" trapFocus withinPortal>
      <Popover.Target>
        <Tooltip label={t("composer.emoji")}>
          <ActionIcon size="lg" aria-label={t("composer.emoji")} aria-expanded={open} onClick={() => setOpen(!open)}>
            <IconMoodSmile size={18} />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown p={6}>
        <div className={classes.emoji}>
          {EMOJI.map((emoji) => (
            <button
              key={emoji}
              type="button"
              className={classes.emojiKey}
              onClick={() => {
                setOpen(false);
                onChoose(emoji);
              }}
            >
              {emoji}
            </button>
          ))}
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
