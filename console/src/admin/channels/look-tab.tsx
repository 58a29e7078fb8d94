import type { Look } from "@clew/contract/channels";
import { ColorInput, Input, SegmentedControl, Slider, Stack, Switch, Text, TextInput } from "@mantine/core";
import type { ReactNode } from "react";
import { LocalizedInput } from "../editing/localized-input.tsx";
import { Section } from "../page/page.tsx";
import { a } from "../strings/words.ts";
import type { ChannelEditing } from "./channel-editing.ts";
import classes from "./channels.module.css";
import { contrast, contrastVerdict, isColour, readableOn } from "./contrast.ts";
import { WindowPreview } from "./window-preview.tsx";

const SWATCHES = ["#3d4ab4", "#0b6e99", "#1f7a45", "#96570a", "#c02b2b", "#7a3e9d", "#1b2028"];

export function missingLookTexts(look: Look, language: string): number {
  const texts = [look.title, look.subtitle, look.greeting];
  return texts.filter((text) => text !== undefined && Object.keys(text).length > 0 && !text[language]).length;
}

export function LookTab({
  editing,
  language,
  languages,
}: {
  editing: ChannelEditing;
  language: string;
  languages: ReactNode;
}) {
  const { look } = editing.value;
  const changeLook = (patch: Partial<Look>) => editing.change({ look: { ...look, ...patch } });
  return (
    <div className={classes.withPreview}>
      <div>
        <Section title={a("look.colours")} about={a("look.coloursAbout")}>
          <Colours editing={editing} changeLook={changeLook} />
          <Shape look={look} changeLook={changeLook} />
          <TextInput
            label={a("setting.font")}
            description={a("look.fontAbout")}
            value={look.font ?? ""}
            onChange={(event) => changeLook({ font: event.currentTarget.value || null })}
            error={editing.error("/look/font")}
            maxLength={200}
          />
          <TextInput
            label={a("setting.logo")}
            description={a("look.logoAbout")}
            type="url"
            value={look.logoUrl ?? ""}
            onChange={(event) => changeLook({ logoUrl: event.currentTarget.value || null })}
            error={editing.error("/look/logoUrl")}
            maxLength={2000}
          />
        </Section>
        <Section title={a("look.texts")} about={a("look.textsAbout")}>
          {languages}
          <LocalizedInput
            label={a("setting.title")}
            required
            language={language}
            value={look.title}
            onChange={(title) => changeLook({ title: title ?? {} })}
            error={editing.error("/look/title")}
            maxLength={4000}
          />
          <LocalizedInput
            label={a("setting.subtitle")}
            language={language}
            value={look.subtitle}
            onChange={(subtitle) => editing.change({ look: withOptional(look, "subtitle", subtitle) })}
            error={editing.error("/look/subtitle")}
          />
          <LocalizedInput
            label={a("setting.greeting")}
            multiline
            language={language}
            value={look.greeting}
            onChange={(greeting) => editing.change({ look: withOptional(look, "greeting", greeting) })}
            error={editing.error("/look/greeting")}
          />
        </Section>
      </div>
      <aside className={classes.preview} aria-label={a("look.preview")}>
        <WindowPreview look={look} language={language} />
      </aside>
    </div>
  );
}

function withOptional(look: Look, part: "subtitle" | "greeting", text: Record<string, string> | undefined): Look {
  const { [part]: _before, ...others } = look;
  return text === undefined ? others : { ...others, [part]: text };
}

function Colours({ editing, changeLook }: { editing: ChannelEditing; changeLook(patch: Partial<Look>): void }) {
  const { look } = editing.value;
  const text = look.colourText ?? (isColour(look.colour) ? readableOn(look.colour) : "#ffffff");
  const ratio = isColour(look.colour) && isColour(text) ? contrast(look.colour, text) : null;
  return (
    <Stack gap="xs">
      <ColorInput
        label={a("setting.colour")}
        value={look.colour}
        onChange={(colour) => changeLook({ colour })}
        error={editing.error("/look/colour")}
        swatches={SWATCHES}
        swatchesPerRow={7}
        format="hex"
        eyeDropperButtonProps={{ "aria-label": a("look.pick") }}
      />
      <Switch
        label={a("look.textAuto")}
        checked={look.colourText === null}
        onChange={(event) => changeLook({ colourText: event.currentTarget.checked ? null : text })}
      />
      {look.colourText !== null && (
        <ColorInput
          label={a("setting.colourText")}
          value={look.colourText}
          onChange={(colourText) => changeLook({ colourText })}
          error={editing.error("/look/colourText")}
          format="hex"
          eyeDropperButtonProps={{ "aria-label": a("look.pick") }}
        />
      )}
      {ratio !== null && <Contrast colour={look.colour} text={text} ratio={ratio} />}
    </Stack>
  );
}

function Contrast({ colour, text, ratio }: { colour: string; text: string; ratio: number }) {
  const verdict = contrastVerdict(ratio);
  return (
    <div className={classes.contrast} role="status">
      <span className={classes.sample} style={{ background: colour, color: text }} aria-hidden>
        Aa
      </span>
      <Text
        fz="sm"
        c={verdict === "good" ? "var(--clew-good)" : verdict === "large" ? "var(--clew-warn)" : "var(--clew-bad)"}
      >
        {a("look.contrast", { ratio: `${(Math.floor(ratio * 10) / 10).toFixed(1)} : 1` })}. {a(`look.${verdict}`)}
      </Text>
    </div>
  );
}

function Shape({ look, changeLook }: { look: Look; changeLook(patch: Partial<Look>): void }) {
  return (
    <>
      <Input.Wrapper label={a("setting.radius")} id="look-radius">
        <Slider
          value={look.radius}
          onChange={(radius) => changeLook({ radius })}
          min={0}
          max={28}
          label={(px) => `${px} px`}
          thumbLabel={a("setting.radius")}
          mt={6}
        />
      </Input.Wrapper>
      <Input.Wrapper label={a("setting.position")} labelElement="div">
        <SegmentedControl
          fullWidth
          mt={4}
          aria-label={a("setting.position")}
          value={look.position}
          onChange={(position) => changeLook({ position: position as Look["position"] })}
          data={[
            { value: "end", label: a("look.positionEnd") },
            { value: "start", label: a("look.positionStart") },
          ]}
        />
      </Input.Wrapper>
      <Input.Wrapper label={a("setting.scheme")} labelElement="div">
        <SegmentedControl
          fullWidth
          mt={4}
          aria-label={a("setting.scheme")}
          value={look.scheme}
          onChange={(scheme) => changeLook({ scheme: scheme as Look["scheme"] })}
          data={(["light", "dark", "auto"] as const).map((value) => ({ value, label: a(`look.${value}`) }))}
        />
      </Input.Wrapper>
    </>
  );
}
