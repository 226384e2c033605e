import { Code, Group, Stack, Table, Tabs, Text, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { get, type Schemas } from "../api";
import { Empty, Facts, Heading, Loaded, More, Rows, Section, usePages } from "../parts/frames";
import { Findings, Id, Outcome, Severity, State, When } from "../parts/marks";
import { many, named, SEVERITIES } from "../words";

type Row = Schemas["ImageRow"];
type Whole = Schemas["ImageWhole"];
type Vulnerability = Whole["report"]["vulnerabilities"][number];

export function Images() {
  const { search = "" } = useSearch({ strict: false }) as { search?: string };
  const go = useNavigate();
  const found = usePages<Row>("/images", { search });
  return (
    <>
      <Heading title="Images">
        <TextInput
          aria-label="Search by name"
          placeholder="Search by name"
          value={search}
          onChange={(event) => go({ to: "/images", search: { search: event.currentTarget.value }, replace: true })}
        />
      </Heading>
      <Loaded of={found}>
        {(data) => {
          const rows = data.pages.flatMap((one) => one.items);
          if (rows.length === 0)
            return (
              <Empty>
                No image is known
                {search ? " by this name" : " yet. Watch a registry in the settings, gate a build with "}
                {search ? "." : <Code>oakum gate IMAGE --server URL</Code>}
              </Empty>
            );
          return (
            <>
              <Rows heads={["Image", "Verdict", "Findings", "Packages", "Runs", "Assessed"]}>
                {rows.map((row) => (
                  <Table.Tr key={row.image_id}>
                    <Table.Td className="breakable">
                      <Link to="/images/$id" params={{ id: row.image_id }}>
                        {named(row.name)}
                      </Link>{" "}
                      <Id id={row.image_id} />
                    </Table.Td>
                    <Table.Td>
                      <Outcome outcome={row.outcome ?? ""} />
                    </Table.Td>
                    <Table.Td>
                      <Findings findings={row.findings ?? {}} />
                    </Table.Td>
                    <Table.Td>{row.packages}</Table.Td>
                    <Table.Td>{row.running}</Table.Td>
                    <Table.Td>
                      <When at={row.assessed ?? ""} />
                    </Table.Td>
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

export function OneImage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const found = useQuery({ queryKey: ["/images", id], queryFn: () => get<Whole>(`/images/${id}`) });
  return <Loaded of={found}>{(data) => <Image whole={data} />}</Loaded>;
}

function Image({ whole }: { whole: Whole }) {
  const { artifact, distribution, packages, vulnerabilities, gaps } = whole.report;
  const tags = whole.tags ?? [];
  const name = tags[0] ? `${tags[0].repository}:${tags[0].tag}` : (artifact.names[0] ?? artifact.reference);
  return (
    <>
      <Heading title={named(name)}>
        <Outcome outcome={whole.judgements?.find((one) => one.stage !== "run")?.outcome ?? ""} />
      </Heading>
      <Stack>
        <Section title="What it is">
          <Facts
            rows={[
              ["Image id", <Id key="i" id={artifact.image_id} />],
              ["Digest", <Id key="d" id={artifact.digest} />],
              ["System", distribution?.name ?? ""],
              ["Platform", artifact.platform],
              ["Tags", tags.map((one) => `${one.repository}:${one.tag}`).join(", ")],
              ["Read by", whole.source === "server" ? "this server" : `${whole.source}, at its gate`],
              ["Assessed", <When key="w" at={whole.report.created} />],
            ]}
          />
        </Section>
        <Tabs defaultValue="findings" keepMounted={false}>
          <Tabs.List>
            <Tabs.Tab value="findings">Findings ({vulnerabilities.length})</Tabs.Tab>
            <Tabs.Tab value="packages">Packages ({packages.length})</Tabs.Tab>
            <Tabs.Tab value="layers">Layers ({artifact.layers.length})</Tabs.Tab>
            <Tabs.Tab value="containers">Runs ({(whole.containers ?? []).length})</Tabs.Tab>
            <Tabs.Tab value="decisions">Decisions ({(whole.judgements ?? []).length})</Tabs.Tab>
            <Tabs.Tab value="trust">Trust</Tabs.Tab>
            <Tabs.Tab value="gaps">Unknown ({gaps.length})</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="findings" pt="md">
            <Vulnerabilities rows={vulnerabilities} />
          </Tabs.Panel>
          <Tabs.Panel value="packages" pt="md">
            <Packages rows={packages} />
          </Tabs.Panel>
          <Tabs.Panel value="layers" pt="md">
            <Rows heads={["#", "Instruction", "Digest"]}>
              {artifact.layers.map((one) => (
                <Table.Tr key={one.index}>
                  <Table.Td>{one.index}</Table.Td>
                  <Table.Td className="breakable">
                    <Code>{one.instruction || "the image does not state it"}</Code>
                  </Table.Td>
                  <Table.Td>
                    <Id id={one.digest} />
                  </Table.Td>
                </Table.Tr>
              ))}
            </Rows>
          </Tabs.Panel>
          <Tabs.Panel value="containers" pt="md">
            {(whole.containers ?? []).length === 0 ? <Empty>No container runs of this image now.</Empty> : null}
            {(whole.containers ?? []).map((one) => (
              <Group key={one.id} gap="sm">
                <Link to="/containers/$id" params={{ id: one.id }}>
                  {one.name || one.id}
                </Link>
                <State state={one.state ?? ""} />
                <When at={one.started ?? ""} />
              </Group>
            ))}
          </Tabs.Panel>
          <Tabs.Panel value="decisions" pt="md">
            {(whole.judgements ?? []).map((one) => (
              <Group key={one.id} gap="sm">
                <Outcome outcome={one.outcome} />
                <Link to="/decisions/$id" params={{ id: one.id }}>
                  {one.stage}
                </Link>
                <When at={one.made || one.at} />
              </Group>
            ))}
          </Tabs.Panel>
          <Tabs.Panel value="trust" pt="md">
            <Trust verdict={whole.trust} />
          </Tabs.Panel>
          <Tabs.Panel value="gaps" pt="md">
            {gaps.length === 0 ? <Empty>Everything could be read and judged.</Empty> : null}
            {gaps.map((one) => (
              <Text key={one.kind + one.what + one.path} size="sm">
                <b>{one.kind}</b>: {one.what} {one.path}
              </Text>
            ))}
          </Tabs.Panel>
        </Tabs>
      </Stack>
    </>
  );
}

function Trust({ verdict }: { verdict: Whole["trust"] }) {
  if (!verdict) return <Empty>Nobody has looked: trust rules are set with oakum trust set FILE --server URL.</Empty>;
  return (
    <Stack gap="xs">
      <Text fw={600}>{holds(verdict.trusted, ["Trusted", "Not trusted", "Not known to be trusted"])}</Text>
      <Rows heads={["Part", "Holds", "Why"]}>
        {(verdict.parts ?? []).map((one) => (
          <Table.Tr key={one.part}>
            <Table.Td>{one.part}</Table.Td>
            <Table.Td>{holds(one.holds, ["holds", "fails", "unknown"])}</Table.Td>
            <Table.Td className="breakable">{one.why}</Table.Td>
          </Table.Tr>
        ))}
      </Rows>
    </Stack>
  );
}

const holds = (value: boolean | null | undefined, [yes, no, unknown]: [string, string, string]) =>
  value === true ? yes : value === false ? no : unknown;

const SHOWN = 300;

function Vulnerabilities({ rows }: { rows: Vulnerability[] }) {
  const [text, setText] = useState("");
  const sorted = useMemo(
    () =>
      rows
        .filter((one) =>
          `${one.id} ${one.package.name} ${one.aliases.join(" ")}`.toLowerCase().includes(text.toLowerCase()),
        )
        .sort((a, b) => rank(a.severity.rating) - rank(b.severity.rating)),
    [rows, text],
  );
  if (rows.length === 0) return <Empty>No known vulnerability; what could not be judged is under Unknown.</Empty>;
  return (
    <Stack gap="xs">
      <TextInput
        aria-label="Filter findings"
        placeholder="Filter by id or package"
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        maw={320}
      />
      <Rows heads={["Severity", "Vulnerability", "Package", "Have", "Take", "Brought by"]}>
        {sorted.slice(0, SHOWN).map((one) => (
          <Table.Tr key={one.id + one.package.purl + one.paths.join()}>
            <Table.Td>
              <Severity rating={one.severity.rating} />
            </Table.Td>
            <Table.Td className="whole">
              {one.id} {one.kev ? <b title="CISA: known to be exploited">KEV</b> : null}
            </Table.Td>
            <Table.Td>{one.package.name}</Table.Td>
            <Table.Td>{one.package.version}</Table.Td>
            <Table.Td>{one.fixed_versions.join(", ") || "no fix known"}</Table.Td>
            <Table.Td className="breakable">
              {one.layer?.instruction || (one.layer ? `layer ${one.layer.index}` : "–")}
            </Table.Td>
          </Table.Tr>
        ))}
      </Rows>
      {sorted.length > SHOWN ? (
        <Text size="sm">{many(sorted.length - SHOWN, "more finding")}; filter to see them.</Text>
      ) : null}
    </Stack>
  );
}

const rank = (rating: string) => SEVERITIES.indexOf(rating as (typeof SEVERITIES)[number]);

function Packages({ rows }: { rows: Whole["report"]["packages"] }) {
  const [text, setText] = useState("");
  const fits = rows.filter((one) => one.purl.toLowerCase().includes(text.toLowerCase()));
  return (
    <Stack gap="xs">
      <TextInput
        aria-label="Filter packages"
        placeholder="Filter by name"
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        maw={320}
      />
      <Rows heads={["Package", "Version", "Type", "Licences", "Where"]}>
        {fits.slice(0, SHOWN).map((one) => (
          <Table.Tr key={one.purl + one.paths.join()}>
            <Table.Td>{one.name}</Table.Td>
            <Table.Td>{one.version}</Table.Td>
            <Table.Td>{one.type}</Table.Td>
            <Table.Td className="breakable">{one.licenses.join(", ")}</Table.Td>
            <Table.Td className="breakable">{one.paths[0] ?? ""}</Table.Td>
          </Table.Tr>
        ))}
      </Rows>
      {fits.length > SHOWN ? (
        <Text size="sm">{many(fits.length - SHOWN, "more package")}; filter to see them.</Text>
      ) : null}
    </Stack>
  );
}
