import { Alert, Badge, Button, Code, Group, SegmentedControl, Table, Text } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { ask, get, query, type Schemas } from "../api";
import { Empty, Heading, Loaded, Rows } from "../parts/frames";
import { When } from "../parts/marks";

type WaiverRecord = Schemas["WaiverRecord"];

const STATES: Record<string, [string, string]> = {
  asked: ["#7a5c00", "? asked"],
  approved: ["#087f5b", "✓ approved"],
  refused: ["#c92a2a", "✕ refused"],
  revoked: ["#495057", "– revoked"],
};

export function Waivers() {
  const { state = "" } = useSearch({ strict: false }) as { state?: string };
  const go = useNavigate();
  const found = useQuery({
    queryKey: ["/waivers", state],
    queryFn: () => get<WaiverRecord[]>(query("/waivers", { state })),
  });
  return (
    <>
      <Heading title="Waivers">
        <SegmentedControl
          aria-label="State"
          value={state}
          onChange={(value) => go({ to: "/waivers", search: value ? { state: value } : {}, replace: true })}
          data={[{ value: "", label: "All" }, ...Object.keys(STATES).map((value) => ({ value, label: value }))]}
        />
      </Heading>
      <Loaded of={found}>
        {(data) =>
          data.length === 0 ? (
            <Empty>
              None. <Code>oakum waiver ask --server URL</Code> asks for one; whoever asks cannot approve it.
            </Empty>
          ) : (
            <Rows heads={["State", "Accepts", "Why", "Until", "Asked", "Decided", ""]}>
              {data.map((one) => (
                <Row key={one.id} one={one} />
              ))}
            </Rows>
          )
        }
      </Loaded>
    </>
  );
}

function Row({ one }: { one: WaiverRecord }) {
  const { waiver } = one;
  const [colour, word] = STATES[one.state ?? ""] ?? ["#495057", one.state ?? ""];
  const scope = [waiver.package, waiver.path, waiver.policy && `policy ${waiver.policy}`, ...(waiver.images ?? [])];
  return (
    <Table.Tr>
      <Table.Td>
        <Badge color={colour} radius="sm" tt="none" miw="max-content">
          {word}
        </Badge>
      </Table.Td>
      <Table.Td className="breakable">
        <b>{waiver.id || "all that it says"}</b>
        {scope.filter(Boolean).map((part) => (
          <Text key={part} size="xs" c="dimmed">
            {part}
          </Text>
        ))}
      </Table.Td>
      <Table.Td className="breakable">
        {waiver.reason}
        {waiver.ticket ? <Text size="xs">{waiver.ticket}</Text> : null}
      </Table.Td>
      <Table.Td>{waiver.expires}</Table.Td>
      <Table.Td>
        {waiver.asked_by} <When at={one.asked_at ?? ""} />
      </Table.Td>
      <Table.Td className="breakable">
        {one.decided_by ? (
          <>
            {one.decided_by} <When at={one.decided_at ?? ""} />
            {one.note ? <Text size="xs">{one.note}</Text> : null}
          </>
        ) : null}
      </Table.Td>
      <Table.Td>
        <Decide one={one} />
      </Table.Td>
    </Table.Tr>
  );
}

function Decide({ one }: { one: WaiverRecord }) {
  const client = useQueryClient();
  const decide = useMutation({
    mutationFn: (state: string) => ask("POST", `/waivers/${encodeURIComponent(one.id)}/decision`, { state }),
    onSuccess: () => client.invalidateQueries({ queryKey: ["/waivers"] }),
  });
  const choices = one.state === "asked" ? ["approved", "refused"] : one.state === "approved" ? ["revoked"] : [];
  const words: Record<string, string> = { approved: "Approve", refused: "Refuse", revoked: "Revoke" };
  return (
    <>
      {decide.error ? (
        <Alert color="red" p="xs">
          {decide.error.message}
        </Alert>
      ) : null}
      <Group gap={4} wrap="nowrap">
        {choices.map((state) => (
          <Button
            key={state}
            size="compact-xs"
            variant="default"
            loading={decide.isPending}
            onClick={() => decide.mutate(state)}
          >
            {words[state]}
          </Button>
        ))}
      </Group>
    </>
  );
}
