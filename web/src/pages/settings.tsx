import {
  Alert,
  Button,
  Code,
  Group,
  JsonInput,
  Select,
  Stack,
  Table,
  Tabs,
  Text,
  Textarea,
  TextInput,
} from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { ask, get, type Schemas } from "../api";
import { Empty, Heading, Loaded, Rows } from "../parts/frames";
import { Outcome, State, When } from "../parts/marks";

export function Settings() {
  return (
    <>
      <Heading title="Settings" />
      <Tabs defaultValue="policies" keepMounted={false}>
        <Tabs.List>
          <Tabs.Tab value="policies">Policies</Tabs.Tab>
          <Tabs.Tab value="registries">Registries</Tabs.Tab>
          <Tabs.Tab value="receivers">Receivers</Tabs.Tab>
          <Tabs.Tab value="tokens">Tokens</Tabs.Tab>
          <Tabs.Tab value="deliveries">Deliveries</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="policies" pt="md">
          <Policies />
        </Tabs.Panel>
        <Tabs.Panel value="registries" pt="md">
          <Listed
            path="/registries"
            what="registries"
            example='[{"host": "registry.example:5000", "repositories": ["shop/*"], "every": 60}]'
          />
        </Tabs.Panel>
        <Tabs.Panel value="receivers" pt="md">
          <Listed
            path="/receivers"
            what="receivers"
            example='[{"name": "security", "notifier": "slack", "url": "https://hooks.example/..."}]'
          />
        </Tabs.Panel>
        <Tabs.Panel value="tokens" pt="md">
          <Tokens />
        </Tabs.Panel>
        <Tabs.Panel value="deliveries" pt="md">
          <Deliveries />
        </Tabs.Panel>
      </Tabs>
    </>
  );
}

function useSaved(path: string, make: () => unknown) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => ask("PUT", path, make()),
    onSuccess: () => client.invalidateQueries({ queryKey: [path] }),
  });
}

function Policies() {
  const found = useQuery({ queryKey: ["/policies"], queryFn: () => get<Schemas["Rules"]>("/policies") });
  return <Loaded of={found}>{(data) => <Editor key={data.digest} text={data.text} />}</Loaded>;
}

function Editor({ text }: { text: string }) {
  const [own, setOwn] = useState(text);
  const save = useSaved("/policies", () => ({ text: own }));
  const trial = useMutation({
    mutationFn: () => ask<Schemas["PolicyTrial"]>("POST", "/policies/trials", { text: own }),
  });
  return (
    <Stack>
      <Text size="sm" c="dimmed">
        The same policies decide at builds, registries, deployments and on hosts. They are taken whole or not at all.
      </Text>
      {save.error ? (
        <Alert color="red" title="Not taken">
          {save.error.message}
        </Alert>
      ) : null}
      {save.isSuccess ? <Alert color="teal">Taken: every gate decides by them within seconds.</Alert> : null}
      <Textarea
        label="Policies (YAML)"
        value={own}
        onChange={(event) => setOwn(event.currentTarget.value)}
        autosize
        minRows={12}
        maxRows={34}
        styles={{ input: { fontFamily: "monospace", fontSize: 13 } }}
      />
      <Group>
        <Button disabled={own === text} loading={save.isPending} onClick={() => save.mutate()}>
          Take these policies
        </Button>
        <Button
          variant="default"
          disabled={own === text}
          loading={trial.isPending}
          onClick={() => trial.mutate()}
          title="Nothing is changed by this"
        >
          Whom would they hit?
        </Button>
      </Group>
      {trial.error ? (
        <Alert color="red" title="Not tried">
          {trial.error.message}
        </Alert>
      ) : null}
      {trial.data ? <Trial trial={trial.data} /> : null}
    </Stack>
  );
}

function Trial({ trial }: { trial: Schemas["PolicyTrial"] }) {
  const hit = trial.changes.filter((one) => ["deny", "unknown"].includes(one.after)).length;
  if (trial.changes.length === 0)
    return <Alert color="teal">All {trial.images} images would be decided as they are now.</Alert>;
  return (
    <>
      <Alert color={hit ? "orange" : "teal"}>
        Of {trial.images} images {trial.changes.length} would be decided otherwise; {hit} of them refused.
      </Alert>
      <Rows heads={["Image", "Now", "Then", "Because of", "Runs"]}>
        {trial.changes.map((one) => (
          <Table.Tr key={one.image_id}>
            <Table.Td className="breakable">{one.names.join(", ") || one.image_id.slice(0, 19)}</Table.Td>
            <Table.Td>
              <Outcome outcome={one.before} />
            </Table.Td>
            <Table.Td>
              <Outcome outcome={one.after} />
            </Table.Td>
            <Table.Td className="breakable">{one.breaches.map((breach) => breach.policy).join(", ")}</Table.Td>
            <Table.Td>{one.running ? "yes" : ""}</Table.Td>
          </Table.Tr>
        ))}
      </Rows>
    </>
  );
}

function Listed({ path, what, example }: { path: string; what: string; example: string }) {
  const found = useQuery({ queryKey: [path], queryFn: () => get<unknown[]>(path) });
  return (
    <Loaded of={found}>
      {(data) => (
        <ListEditor
          key={JSON.stringify(data)}
          path={path}
          what={what}
          example={example}
          now={JSON.stringify(data, null, 2)}
        />
      )}
    </Loaded>
  );
}

function ListEditor({ path, what, example, now }: { path: string; what: string; example: string; now: string }) {
  const [own, setOwn] = useState(now);
  const save = useSaved(path, () => JSON.parse(own));
  return (
    <Stack>
      <Text size="sm" c="dimmed">
        For example: <Code>{example}</Code>
      </Text>
      {save.error ? <Alert color="red">{save.error.message}</Alert> : null}
      <JsonInput
        label={`The ${what} (JSON)`}
        value={own}
        onChange={setOwn}
        autosize
        minRows={6}
        maxRows={24}
        formatOnBlur
        validationError="This is no JSON"
      />
      <Group>
        <Button disabled={own === now} loading={save.isPending} onClick={() => save.mutate()}>
          Save
        </Button>
      </Group>
    </Stack>
  );
}

function Tokens() {
  const client = useQueryClient();
  const found = useQuery({ queryKey: ["/tokens"], queryFn: () => get<Schemas["TokenShown"][]>("/tokens") });
  const [name, setName] = useState("");
  const [role, setRole] = useState<string | null>("gate");
  const renewed = { onSuccess: () => client.invalidateQueries({ queryKey: ["/tokens"] }) };
  const make = useMutation({
    mutationFn: () => ask<Schemas["TokenShown"]>("POST", "/tokens", { name, role }),
    ...renewed,
  });
  const revoke = useMutation({
    mutationFn: (one: string) => ask("DELETE", `/tokens/${encodeURIComponent(one)}`),
    ...renewed,
  });
  return (
    <Stack>
      {make.error ? <Alert color="red">{make.error.message}</Alert> : null}
      {make.data ? (
        <Alert color="teal" title={`The token ${make.data.name}, shown this once`}>
          <Code>{make.data.secret}</Code>
        </Alert>
      ) : null}
      <Group align="flex-end">
        <TextInput label="Name" value={name} onChange={(event) => setName(event.currentTarget.value)} />
        <Select
          label="Role"
          data={["gate", "agent", "reader", "admin"]}
          value={role}
          onChange={setRole}
          allowDeselect={false}
        />
        <Button disabled={!name} loading={make.isPending} onClick={() => make.mutate()}>
          Make a token
        </Button>
      </Group>
      <Loaded of={found}>
        {(rows) => (
          <Rows heads={["Name", "Role", "Made", "Until", ""]}>
            {rows.map((one) => (
              <Table.Tr key={one.name}>
                <Table.Td>{one.name}</Table.Td>
                <Table.Td>{one.role}</Table.Td>
                <Table.Td>
                  <When at={one.created} />
                </Table.Td>
                <Table.Td>{one.revoked ? "revoked" : one.expires ? one.expires.slice(0, 10) : "no end"}</Table.Td>
                <Table.Td>
                  {one.revoked ? null : (
                    <Button size="compact-xs" variant="subtle" color="red" onClick={() => revoke.mutate(one.name)}>
                      Revoke
                    </Button>
                  )}
                </Table.Td>
              </Table.Tr>
            ))}
          </Rows>
        )}
      </Loaded>
    </Stack>
  );
}

function Deliveries() {
  const found = useQuery({ queryKey: ["/deliveries"], queryFn: () => get<Schemas["Delivery"][]>("/deliveries") });
  return (
    <Loaded of={found}>
      {(rows) =>
        rows.length === 0 ? (
          <Empty>Nothing was to be told yet.</Empty>
        ) : (
          <Rows heads={["When", "State", "To", "What", "Tries", "Error"]}>
            {rows.map((one) => (
              <Table.Tr key={one.id}>
                <Table.Td>
                  <When at={one.notice.at ?? ""} />
                </Table.Td>
                <Table.Td>
                  <State state={one.state ?? ""} />
                </Table.Td>
                <Table.Td>{one.receiver}</Table.Td>
                <Table.Td className="breakable">{one.notice.title}</Table.Td>
                <Table.Td>{one.tries}</Table.Td>
                <Table.Td className="breakable">{one.error}</Table.Td>
              </Table.Tr>
            ))}
          </Rows>
        )
      }
    </Loaded>
  );
}
