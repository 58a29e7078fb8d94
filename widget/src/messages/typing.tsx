import { useChatWindow } from "../conversation/window-state.ts";

export function Typing() {
  const { typing, say } = useChatWindow();
  if (!typing.value) return null;
  const { name } = typing.value;
  return (
    <p class="typing">
      <span class="dots" aria-hidden="true">
        <i />
        <i />
        <i />
      </span>
      <span>{name ? say("typing", { name }) : say("someoneTyping")}</span>
    </p>
  );
}
