import { Button, Code, Group, Stack, Table, Text, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { get, query, type Schemas } from "../api";
import { Empty, Heading, Loaded, Rows } from "../parts/frames";
import { many } from "../words";

type Words = { package?: string; below?: string; cve?: string };

export function Affected() {
  const asked = useSearch({ strict: false }) as Words;
  const go = useNavigate();
  const [words, setWords] = useState<Words>(asked);
  const found = useQuery({
    queryKey: ["/affected", asked],
    queryFn: () => get<Schemas["AffectedAnswer"]>(query("/affected", asked)),
    enabled: Boolean(asked.package || asked.cve),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    go({ to: "/affected", search: Object.fromEntries(Object.entries(words).filter(([, value]) => value)) });
  };
  const field = (name: keyof Words, label: string, placeholder: string) => (
    <TextInput
      label={label}
      placeholder={placeholder}
      value={words[name] ?? ""}
      onChange={(event) => setWords({ ...words, [name]: event.currentTarget.value.trim() })}
    />
  );
  return (
    <>
      <Heading title="Blast radius" />
      <Stack>
        <form onSubmit={submit}>
          <Group align="flex-end">
            {field("package", "Package", "openssl")}
            {field("below", "Below version", "3.0.13-1")}
            {field("cve", "Vulnerability", "CVE-2026-1234")}
            <Button type="submit">Find</Button>
          </Group>
        </form>
        {asked.package || asked.cve ? (
          <Loaded of={found}>
            {({ affected, unknown = [] }) => {
              const images = new Set(affected.map((one) => one.image_id)).size;
              const containers = new Set(affected.flatMap((one) => one.containers ?? [])).size;
              const hosts = new Set(affected.flatMap((one) => one.hosts ?? [])).size;
              return (
                <Stack>
                  <Text fw={600}>
                    {many(images, "image")}, {many(containers, "running container")}, {many(hosts, "host")}
                  </Text>
                  <Rows heads={["Image", "Package", "Take", "Change in the build", "Owner", "Runs"]}>
                    {affected.map((one) => (
                      <Table.Tr key={one.image_id + one.purl + one.finding}>
                        <Table.Td className="breakable">
                          <Link to="/images/$id" params={{ id: one.image_id }}>
                            {one.image}
                          </Link>
                        </Table.Td>
                        <Table.Td>{one.package}</Table.Td>
                        <Table.Td>{(one.fixed_versions ?? []).join(", ") || "–"}</Table.Td>
                        <Table.Td className="breakable">
                          <Code>{one.instruction || `layer ${one.layer}`}</Code>
                        </Table.Td>
                        <Table.Td>{one.owner || "–"}</Table.Td>
                        <Table.Td>{(one.containers ?? []).length}</Table.Td>
                      </Table.Tr>
                    ))}
                  </Rows>
                  {unknown.map((one) => (
                    <Text key={one} size="sm">
                      Unknown: {one}
                    </Text>
                  ))}
                </Stack>
              );
            }}
          </Loaded>
        ) : (
          <Empty>
            Name a package, or a vulnerability: images that hold it, what runs of them, and what to change in their
            builds.
          </Empty>
        )}
      </Stack>
    </>
  );
}
