import { Badge, Code, Group, Stack, Table, Text, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { get, type Schemas } from "../api";
import { Empty, Facts, Heading, Loaded, More, Rows, Section, usePages } from "../parts/frames";
import { Findings, Id, Outcome, State, When } from "../parts/marks";

type Container = Schemas["Container"];
type Whole = Schemas["ContainerWhole"];
type Moment = Schemas["Moment"];

export function Containers() {
  const { at = "" } = useSearch({ strict: false }) as { at?: string };
  const go = useNavigate();
  const found = usePages<Container>("/containers", { at });
  const set = (local: string) =>
    go({ to: "/containers", search: local ? { at: new Date(local).toISOString() } : {}, replace: true });
  return (
    <>
      <Heading title={at ? "What ran then" : "What runs now"}>
        <TextInput
          type="datetime-local"
          label="What ran at"
          value={at ? local(at) : ""}
          onChange={(event) => set(event.currentTarget.value)}
        />
      </Heading>
      <Loaded of={found}>
        {(data) => {
          const rows = data.pages.flatMap((one) => one.items);
          if (rows.length === 0)
            return at ? (
              <Empty>Nothing ran at {at} as far as any agent knows.</Empty>
            ) : (
              <Empty>
                No container is known to run. On each host: <Code>oakum agent --server URL --token-file FILE</Code>
              </Empty>
            );
          return (
            <>
              <Rows heads={["Container", "State", "Image", "Started", "Started by"]}>
                {rows.map((one) => (
                  <Table.Tr key={one.id}>
                    <Table.Td className="breakable">
                      <Link to="/containers/$id" params={{ id: one.id }}>
                        {one.name || one.id.slice(0, 12)}
                      </Link>{" "}
                      <Id id={one.id} />
                    </Table.Td>
                    <Table.Td>
                      <State state={one.state ?? ""} />{" "}
                      {one.privileged ? <Badge color="#c92a2a">privileged</Badge> : null}
                    </Table.Td>
                    <Table.Td className="breakable">
                      <Link to="/images/$id" params={{ id: one.image_id ?? "" }}>
                        {one.image}
                      </Link>
                    </Table.Td>
                    <Table.Td>
                      <When at={one.started ?? ""} />
                    </Table.Td>
                    <Table.Td>{one.started_by || "not known"}</Table.Td>
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

function local(at: string): string {
  const then = new Date(at);
  if (Number.isNaN(then.getTime())) return "";
  return new Date(then.getTime() - then.getTimezoneOffset() * 60000).toISOString().slice(0, 16);
}

export function OneContainer() {
  const { id } = useParams({ strict: false }) as { id: string };
  const found = useQuery({ queryKey: ["/containers", id], queryFn: () => get<Whole>(`/containers/${id}`) });
  const moments = useQuery({
    queryKey: ["/containers", id, "moments"],
    queryFn: () => get<{ items: Moment[]; next: string }>(`/containers/${id}/moments?limit=200`),
  });
  return (
    <Loaded of={found}>
      {({ container, host, image, incidents }) => (
        <>
          <Heading title={container.name || container.id.slice(0, 12)}>
            <State state={container.state ?? ""} />
          </Heading>
          <Stack>
            <Section title="What it is">
              <Facts
                rows={[
                  ["Container", <Id key="c" id={container.id} />],
                  ["Host", host?.name ?? container.host],
                  [
                    "Image",
                    <Link key="i" to="/images/$id" params={{ id: container.image_id ?? "" }}>
                      {container.image}
                    </Link>,
                  ],
                  ["Image id", <Id key="d" id={container.image_id ?? ""} />],
                  [
                    "Findings",
                    image ? <Findings key="f" findings={image.findings ?? {}} /> : "the image is not assessed yet",
                  ],
                  ["Verdict", image ? <Outcome key="o" outcome={image.outcome ?? ""} /> : ""],
                  ["Created", <When key="m" at={container.created ?? ""} />],
                  ["Started", <When key="s" at={container.started ?? ""} />],
                  ["Stopped", container.stopped ? <When key="e" at={container.stopped} /> : ""],
                  [
                    "Started by",
                    container.started_by ||
                      "not known: nobody alone was connected to the engine, and no certificate named them",
                  ],
                  ["User", container.user || "the image's own"],
                  [
                    "Labels",
                    Object.entries(container.labels ?? {})
                      .map(([name, value]) => `${name}=${value}`)
                      .join(", "),
                  ],
                ]}
              />
            </Section>
            <Section title="Incidents">
              {(incidents ?? []).length === 0 ? <Empty>It is what its image is, as far as its agent saw.</Empty> : null}
              {(incidents ?? []).map((one) => (
                <Group key={one.id} gap="sm" wrap="nowrap">
                  <State state={one.state ?? ""} />
                  <Link to="/incidents/$id" params={{ id: one.id }} className="breakable">
                    {one.title}
                  </Link>
                  <When at={one.at} />
                </Group>
              ))}
            </Section>
            <Section title="Time line">
              <Loaded of={moments}>
                {(data) =>
                  data.items.length === 0 ? (
                    <Empty>Nothing was recorded of it.</Empty>
                  ) : (
                    <Rows heads={["When", "What", "", "By"]}>
                      {data.items.map((one) => (
                        <Table.Tr key={`${one.at}${one.pid}${one.kind}${one.text}`}>
                          <Table.Td>
                            <Text size="sm" component="time" dateTime={one.at}>
                              {one.at.slice(11, 23)}
                            </Text>
                          </Table.Td>
                          <Table.Td>{one.kind.replace("_", " ")}</Table.Td>
                          <Table.Td className="breakable">
                            <Code>{one.text}</Code>{" "}
                            {(one.marks ?? []).map((mark) => (
                              <Badge key={mark} size="xs" color={mark === "killed" ? "#c92a2a" : "#a8480b"} tt="none">
                                {mark}
                              </Badge>
                            ))}
                          </Table.Td>
                          <Table.Td className="breakable">
                            {[one.process, ...(one.parents ?? [])].filter(Boolean).join(" < ")}
                          </Table.Td>
                        </Table.Tr>
                      ))}
                    </Rows>
                  )
                }
              </Loaded>
            </Section>
          </Stack>
        </>
      )}
    </Loaded>
  );
}
