import { Alert, Code, SegmentedControl, Stack, Table, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { get, type Schemas } from "../api";
import { Empty, Facts, Heading, Loaded, More, Rows, Section, usePages } from "../parts/frames";
import { Id, Outcome, Severity, When } from "../parts/marks";
import { named } from "../words";

type Judgement = Schemas["Judgement"];

export function Decisions() {
  const { outcome = "" } = useSearch({ strict: false }) as { outcome?: string };
  const go = useNavigate();
  const found = usePages<Judgement>("/decisions", { outcome });
  return (
    <>
      <Heading title="Decisions">
        <SegmentedControl
          aria-label="Outcome"
          value={outcome}
          onChange={(value) => go({ to: "/decisions", search: value ? { outcome: value } : {}, replace: true })}
          data={[
            { value: "", label: "All" },
            ...["deny", "unknown", "warn", "allow"].map((value) => ({ value, label: value })),
          ]}
        />
      </Heading>
      <Loaded of={found}>
        {(data) => {
          const rows = data.pages.flatMap((one) => one.items);
          if (rows.length === 0)
            return (
              <Empty>
                None. <Code>oakum gate IMAGE --server URL</Code> asks for one.
              </Empty>
            );
          return (
            <>
              <Rows heads={["When", "Outcome", "Stage", "Of", "Because of", "Id"]}>
                {rows.map((one) => (
                  <Table.Tr key={one.id}>
                    <Table.Td>
                      <When at={one.made || one.at} />
                    </Table.Td>
                    <Table.Td>
                      <Outcome outcome={one.outcome} />
                    </Table.Td>
                    <Table.Td>{one.stage}</Table.Td>
                    <Table.Td className="breakable">
                      <Link to="/decisions/$id" params={{ id: one.id }}>
                        {named(one.reference ?? "") || "a container"}
                      </Link>
                    </Table.Td>
                    <Table.Td className="breakable">
                      {(one.breaches ?? []).map((breach) => breach.policy).join(", ")}
                    </Table.Td>
                    <Table.Td>
                      <Id id={one.id} />
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

export function OneDecision() {
  const { id } = useParams({ strict: false }) as { id: string };
  const found = useQuery({ queryKey: ["/decisions", id], queryFn: () => get<Judgement>(`/decisions/${id}`) });
  return (
    <Loaded of={found}>
      {(one) => (
        <>
          <Heading title={named(one.reference ?? "") || "A decision"}>
            <Outcome outcome={one.outcome} />
          </Heading>
          <Stack>
            {one.flip ? <Flip flip={one.flip} /> : null}
            {(one.breaches ?? []).map((breach) => (
              <Section key={breach.policy} title={breach.title}>
                <Stack gap="xs">
                  <Text size="sm">
                    <Severity rating={breach.severity} /> {breach.policy}: <b>{breach.action}</b>
                    {breach.unknown ? ", because it could not be judged" : ""}
                  </Text>
                  <ul>
                    {(breach.proofs ?? []).slice(0, 50).map((proof) => (
                      <li key={proof.what + proof.layer + proof.purl}>
                        <Text size="sm" className="breakable">
                          {proof.what} {proof.instruction ? <Code>{proof.instruction}</Code> : null}
                        </Text>
                      </li>
                    ))}
                  </ul>
                  <Text size="sm" c="dimmed">
                    {breach.remediation}
                  </Text>
                </Stack>
              </Section>
            ))}
            {(one.breaches ?? []).length === 0 ? <Empty>No policy objects.</Empty> : null}
            {(one.waived ?? []).length > 0 ? (
              <Section title={`Accepted, and not counted (${one.accepted})`}>
                <ul>
                  {(one.waived ?? []).slice(0, 50).map((said) => (
                    <li key={said}>
                      <Text size="sm" className="breakable">
                        {said}
                      </Text>
                    </li>
                  ))}
                </ul>
              </Section>
            ) : null}
            <Section title="What it rests on">
              <Facts
                rows={[
                  ["Decision", <Id key="i" id={one.id} />],
                  ["Made", <When key="w" at={one.made || one.at} />],
                  ["Stage", one.stage],
                  [
                    "Image",
                    one.image_id ? (
                      <Link key="l" to="/images/$id" params={{ id: one.image_id }}>
                        {one.image_id.slice(0, 19)}
                      </Link>
                    ) : (
                      ""
                    ),
                  ],
                  ["Subject", <Id key="s" id={one.subject} />],
                  ["Policies", <Id key="p" id={one.policies} />],
                  ["Waivers", <Id key="v" id={one.waivers} />],
                  ["Advisories", <Id key="a" id={one.database} />],
                  ["Accepted findings", String(one.accepted ?? 0)],
                  ["Owner", one.owner || "not said"],
                  ["Replay", <Code key="r">{`oakum decision replay ${one.id} --server URL`}</Code>],
                ]}
              />
            </Section>
          </Stack>
        </>
      )}
    </Loaded>
  );
}

function Flip({ flip }: { flip: Schemas["Flip"] }) {
  return (
    <Alert color="teal" title="What would make it pass">
      <ul>
        {(flip.upgrades ?? []).map((one) => (
          <li key={one.package + one.have + one.layer}>
            <b>{one.package}</b> {one.have} → {one.take} {one.instruction ? <Code>{one.instruction}</Code> : null}
            {(one.mends ?? 0) > 1 ? ` ends ${one.mends}` : null}
          </li>
        ))}
        {(flip.open ?? []).map((one) => (
          <li key={one}>{one}</li>
        ))}
      </ul>
    </Alert>
  );
}
