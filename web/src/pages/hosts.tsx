import { Badge, Code, Group, List, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { get, type Schemas } from "../api";
import { Empty, Heading, Loaded, Section } from "../parts/frames";
import { When } from "../parts/marks";

export function Hosts() {
  const found = useQuery({ queryKey: ["/hosts"], queryFn: () => get<Schemas["Host"][]>("/hosts") });
  return (
    <>
      <Heading title="Hosts" />
      <Loaded of={found}>
        {(hosts) =>
          hosts.length === 0 ? (
            <Empty>
              No agent has reported. Make a token with the role agent, and on each host, as root:{" "}
              <Code>oakum agent --server URL --token-file FILE</Code>
            </Empty>
          ) : (
            <Stack>
              {hosts.map((host) => (
                <Section key={host.id} title={host.name}>
                  <Stack gap="xs">
                    <Text size="sm">
                      {host.engine || "no engine answered"}, kernel {host.kernel}; heard of{" "}
                      <When at={host.seen ?? ""} />
                    </Text>
                    <Group gap={6}>
                      {Object.entries(host.sees ?? {}).map(([what, how]) => (
                        <Badge key={what} variant="filled" color="#087f5b" tt="none" miw="max-content">
                          sees {what} ({how})
                        </Badge>
                      ))}
                    </Group>
                    <List size="sm" c="dimmed">
                      {(host.blind ?? []).map((one) => (
                        <List.Item key={one}>{one}</List.Item>
                      ))}
                    </List>
                    <Link to="/containers">its containers</Link>
                  </Stack>
                </Section>
              ))}
            </Stack>
          )
        }
      </Loaded>
    </>
  );
}
