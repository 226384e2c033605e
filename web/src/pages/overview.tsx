import { Card, Group, SimpleGrid, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { get, type Schemas } from "../api";
import { Empty, Heading, Loaded, Section } from "../parts/frames";
import { Severity, When } from "../parts/marks";

const COUNTS: [string, string, string][] = [
  ["incidents", "open incidents", "/incidents?state=open"],
  ["denied", "builds and starts denied today", "/decisions?outcome=deny"],
  ["containers", "containers run", "/containers"],
  ["images", "images known", "/images"],
  ["hosts", "hosts guarded", "/hosts"],
  ["dead", "notices that reached nobody", "/settings"],
];

export function Overview() {
  const found = useQuery({ queryKey: ["/overview"], queryFn: () => get<Schemas["Overview"]>("/overview") });
  return (
    <>
      <Heading title="Overview" />
      <Loaded of={found}>
        {(data) => (
          <Stack>
            <SimpleGrid cols={{ base: 2, sm: 3, lg: 6 }}>
              {COUNTS.map(([name, label, to]) => (
                <Card key={name} withBorder padding="sm" component="a" href={to} className="plain">
                  <Text size="xl" fw={700}>
                    {(data.counts[name] ?? 0).toLocaleString("en")}
                  </Text>
                  <Text size="sm" c="dimmed">
                    {label}
                  </Text>
                </Card>
              ))}
            </SimpleGrid>
            <Section title="What needs somebody now">
              {data.attention.length === 0 ? (
                <Empty>Nothing. Incidents, silent hosts and failing jobs come here.</Empty>
              ) : null}
              <Stack gap={6} component="ul" m={0} p={0}>
                {data.attention.map((one) => (
                  <Group key={one.kind + one.link + one.title} component="li" wrap="nowrap" gap="sm" align="flex-start">
                    <Severity rating={one.severity ?? "medium"} />
                    <Text size="sm" className="breakable" flex={1}>
                      <a href={one.link}>{one.title}</a>
                    </Text>
                    {one.at ? <When at={one.at} /> : null}
                  </Group>
                ))}
              </Stack>
            </Section>
            <Section title="What is judged by">
              <Text size="sm">
                {data.data?.digest
                  ? `${(data.data.records ?? 0).toLocaleString("en")} advisories, the newest of ${(data.data.newest ?? "").slice(0, 10)}${data.data.starter ? "; the starter data, a part of what is published" : ""}`
                  : "There are no advisories that can be used: nothing is judged."}
              </Text>
            </Section>
          </Stack>
        )}
      </Loaded>
    </>
  );
}
