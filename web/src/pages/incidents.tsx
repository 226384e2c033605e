import { Alert, Button, Code, Group, SegmentedControl, Stack, Table, Text, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { ask, get, type Schemas } from "../api";
import { Empty, Facts, Heading, Loaded, More, Rows, Section, usePages } from "../parts/frames";
import { Id, State, When } from "../parts/marks";

type Incident = Schemas["Incident"];

const KINDS: Record<string, string> = {
  drift: "differs from its image",
  tag_moved: "a tag moved",
  newly_affected: "newly affected",
  events_lost: "events were lost",
};

export function Incidents() {
  const { state = "" } = useSearch({ strict: false }) as { state?: string };
  const go = useNavigate();
  const found = usePages<Incident>("/incidents", { state });
  return (
    <>
      <Heading title="Incidents">
        <SegmentedControl
          aria-label="Which"
          value={state}
          onChange={(value) => go({ to: "/incidents", search: value ? { state: value } : {}, replace: true })}
          data={[
            { value: "", label: "All" },
            { value: "open", label: "Open" },
            { value: "closed", label: "Closed" },
          ]}
        />
      </Heading>
      <Loaded of={found}>
        {(data) => {
          const rows = data.pages.flatMap((one) => one.items);
          if (rows.length === 0)
            return (
              <Empty>
                None. What differs from its image, a tag that moved, and what a new advisory reaches come here.
              </Empty>
            );
          return (
            <>
              <Rows heads={["When", "State", "Kind", "What", "Response"]}>
                {rows.map((one) => (
                  <Table.Tr key={one.id}>
                    <Table.Td>
                      <When at={one.at} />
                    </Table.Td>
                    <Table.Td>
                      <State state={one.state ?? ""} />
                    </Table.Td>
                    <Table.Td>{KINDS[one.kind] ?? one.kind}</Table.Td>
                    <Table.Td className="breakable">
                      <Link to="/incidents/$id" params={{ id: one.id }}>
                        {one.title}
                      </Link>
                    </Table.Td>
                    <Table.Td>{one.kind === "drift" ? one.response : ""}</Table.Td>
                  </Table.Tr>
                ))}
              </Rows>
              <More of={found} />
            </>
          );
        }}
      </Loaded>
    </>
  );
}

export function OneIncident() {
  const { id } = useParams({ strict: false }) as { id: string };
  const found = useQuery({ queryKey: ["/incidents", id], queryFn: () => get<Incident>(`/incidents/${id}`) });
  return (
    <Loaded of={found}>
      {(one) => (
        <>
          <Heading title={one.title}>
            <State state={one.state ?? ""} />
          </Heading>
          <Stack>
            <Section title="What happened">
              <Facts
                rows={[
                  ["Kind", KINDS[one.kind] ?? one.kind],
                  ["When", <When key="w" at={one.at} />],
                  ["Cause", one.cause || "not known"],
                  ["Command", (one.command ?? []).length ? <Code key="c">{(one.command ?? []).join(" ")}</Code> : ""],
                  ["Person", one.person || (one.kind === "drift" ? "not known: no login session caused it" : "")],
                  ["Response", one.kind === "drift" ? one.response : ""],
                  [
                    "Container",
                    one.container ? (
                      <Link key="k" to="/containers/$id" params={{ id: one.container }}>
                        {one.container.slice(0, 12)}
                      </Link>
                    ) : (
                      ""
                    ),
                  ],
                  [
                    "Image",
                    one.image_id ? (
                      <Link key="i" to="/images/$id" params={{ id: one.image_id }}>
                        {one.image_id.slice(0, 19)}
                      </Link>
                    ) : (
                      ""
                    ),
                  ],
                  [
                    "Decision",
                    one.judgement ? (
                      <Link key="j" to="/decisions/$id" params={{ id: one.judgement }}>
                        {one.judgement.slice(0, 19)}
                      </Link>
                    ) : (
                      ""
                    ),
                  ],
                  ["Id", <Id key="id" id={one.id} />],
                ]}
              />
            </Section>
            {(one.changes ?? []).length > 0 ? (
              <Section title="What differs from the image">
                <Rows heads={["What", "File", "Package"]}>
                  {(one.changes ?? []).map((change) => (
                    <Table.Tr key={change.path + change.package}>
                      <Table.Td>{change.what}</Table.Td>
                      <Table.Td className="breakable">
                        <Code>{change.path}</Code>
                      </Table.Td>
                      <Table.Td className="breakable">{change.package}</Table.Td>
                    </Table.Tr>
                  ))}
                </Rows>
              </Section>
            ) : null}
            {one.state === "open" ? <Close id={one.id} /> : null}
          </Stack>
        </>
      )}
    </Loaded>
  );
}

function Close({ id }: { id: string }) {
  const [reason, setReason] = useState("");
  const client = useQueryClient();
  const close = useMutation({
    mutationFn: () => ask("POST", `/incidents/${id}/close`, { reason }),
    onSuccess: () => client.invalidateQueries(),
  });
  return (
    <Section title="Close it">
      {close.error ? <Alert color="red">{close.error.message}</Alert> : null}
      <Group align="flex-end">
        <TextInput
          label="Why"
          description="It stands in the audit trail with your name"
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          flex={1}
        />
        <Button disabled={!reason.trim()} loading={close.isPending} onClick={() => close.mutate()}>
          Close
        </Button>
      </Group>
      <Text size="sm" c="dimmed" mt="xs">
        The same cause does not open it again.
      </Text>
    </Section>
  );
}
