import type { ComponentChildren } from "preact";
import { Icon, type IconName } from "../conversation/icons.tsx";

/** Something in the middle of the window that asks for one decision. */
export function Card(props: { icon: IconName; title: string; text: string; children?: ComponentChildren }) {
  return (
    <section class="return" aria-labelledby="clew-return">
      <span class="return-icon">
        <Icon name={props.icon} />
      </span>
      <h2 id="clew-return">{props.title}</h2>
      <p>{props.text}</p>
      {props.children && <div class="return-buttons">{props.children}</div>}
    </section>
  );
}
