import type { SkillLevel } from "@clew/contract/routing";
import { ActionIcon, Anchor, Group, Input, NumberInput, Select, Stack, Text } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useItems } from "../api/items.ts";
import { AdminLink } from "../page/admin-link.tsx";
import { a } from "../strings/words.ts";

type SkillLevelsProps = {
  label: string;
  description: string;
  value: SkillLevel[];
  onChange(value: SkillLevel[]): void;
  error: string | undefined;
};

/** Skills with a level from 1 to 10. */
export function SkillLevels({ label, description, value, onChange, error }: SkillLevelsProps) {
  const skills = useItems("Skill");
  const known = skills.data ?? [];
  const nameOf = (id: string) => known.find((skill) => skill.id === id)?.name ?? a("change.unknown");
  const free = known.filter((skill) => !value.some((has) => has.skillId === skill.id));
  return (
    <Input.Wrapper label={label} description={description} error={error} labelElement="div">
      <Stack gap={6} mt={6}>
        {value.map((has, index) => (
          <Group key={has.skillId} gap="xs" wrap="nowrap">
            <Text fz="sm" style={{ flex: 1, minWidth: 0 }} truncate>
              {nameOf(has.skillId)}
            </Text>
            <NumberInput
              aria-label={a("skills.levelOf", { name: nameOf(has.skillId) })}
              value={has.level}
              onChange={(level) =>
                onChange(
                  value.map((other, at) => (at === index && typeof level === "number" ? { ...other, level } : other)),
                )
              }
              min={1}
              max={10}
              clampBehavior="strict"
              allowDecimal={false}
              prefix={`${a("skills.level")} `}
              w="7rem"
            />
            <ActionIcon
              aria-label={a("skills.take", { name: nameOf(has.skillId) })}
              onClick={() => onChange(value.filter((_, at) => at !== index))}
            >
              <IconX size={16} />
            </ActionIcon>
          </Group>
        ))}
        {free.length > 0 && (
          <Select
            aria-label={a("skills.add")}
            placeholder={a("skills.add")}
            value={null}
            onChange={(skillId) => skillId && onChange([...value, { skillId, level: 5 }])}
            data={free.map((skill) => ({ value: skill.id, label: skill.name }))}
            searchable
          />
        )}
        {skills.data?.length === 0 && (
          <Text fz="sm" c="dimmed">
            {a("skills.none")}{" "}
            <Anchor component={AdminLink} to="agents/skills" fz="sm">
              {a("skills.make")}
            </Anchor>
          </Text>
        )}
      </Stack>
    </Input.Wrapper>
  );
}
