/** Small parts that every page uses: severities, outcomes, ids, moments. Each says in words what its colour says. */
import { ActionIcon, Badge, Code, CopyButton, Group, Text, Tooltip } from "@mantine/core";
import { ago, counted, short } from "../words";

const COLOURS: Record<string, string> = {
  critical: "#a51111",
  high: "#c92a2a",
  medium: "#a8480b",
  low: "#7a5c00",
  negligible: "#495057",
  unscored: "#495057",
};
const SHAPES: Record<string, string> = {
  critical: "▲▲",
  high: "▲",
  medium: "◆",
  low: "▽",
  negligible: "·",
  unscored: "?",
};

export function Severity({ rating, count }: { rating: string; count?: number }) {
  return (
    <Badge
      color={COLOURS[rating] ?? "#495057"}
      variant="filled"
      radius="sm"
      size="sm"
      tt="none"
      fw={600}
      miw="max-content"
    >
      {SHAPES[rating] ?? "?"} {count === undefined ? rating : `${count} ${rating}`}
    </Badge>
  );
}

export function Findings({ findings }: { findings: Record<string, number> }) {
  const rows = counted(findings);
  if (rows.length === 0)
    return (
      <Text size="sm" c="dimmed">
        none known
      </Text>
    );
  return (
    <Group gap={4}>
      {rows.map(([rating, count]) => (
        <Severity key={rating} rating={rating} count={count} />
      ))}
    </Group>
  );
}

const OUTCOMES: Record<string, [string, string]> = {
  allow: ["#087f5b", "✓ allow"],
  warn: ["#7a5c00", "! warn"],
  deny: ["#c92a2a", "✕ deny"],
  unknown: ["#495057", "? unknown"],
};

export function Outcome({ outcome }: { outcome: string }) {
  const [colour, words] = OUTCOMES[outcome] ?? ["#495057", outcome || "not judged"];
  return (
    <Badge color={colour} variant="filled" radius="sm" tt="none" miw="max-content">
      {words}
    </Badge>
  );
}

const STATES: Record<string, string> = { running: "#087f5b", paused: "#a8480b", open: "#c92a2a", waiting: "#1864ab" };

export function State({ state }: { state: string }) {
  return (
    <Badge color={STATES[state] ?? "#495057"} variant="filled" radius="sm" tt="none" miw="max-content">
      {state}
    </Badge>
  );
}

export function When({ at }: { at: string }) {
  return (
    <Tooltip label={at || "not known"}>
      <Text component="time" dateTime={at} size="sm" span tabIndex={0}>
        {ago(at)}
      </Text>
    </Tooltip>
  );
}

export function Id({ id }: { id: string }) {
  if (!id) return <Text size="sm">–</Text>;
  return (
    <Group gap={2} wrap="nowrap" display="inline-flex">
      <Tooltip label={id}>
        <Code>{short(id)}</Code>
      </Tooltip>
      <CopyButton value={id}>
        {({ copied, copy }) => (
          <ActionIcon size="xs" variant="subtle" color="gray" onClick={copy} aria-label={`Copy ${id}`}>
            {copied ? "✓" : <CopyShape />}
          </ActionIcon>
        )}
      </CopyButton>
    </Group>
  );
}

function CopyShape() {
  return (
    <svg width="12" height="12" viewBox="0 0 12 12" fill="none" stroke="currentColor" aria-hidden="true">
      <rect x="1" y="3" width="7" height="8" rx="1" />
      <path d="M4 3V1.5h6.5v7H8" />
    </svg>
  );
}
