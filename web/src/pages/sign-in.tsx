import { Alert, Button, Card, Center, PasswordInput, Stack, Text, TextInput, Title } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { type FormEvent, type ReactNode, useState } from "react";
import { ask, get, type Schemas } from "../api";

function Door({ title, children, onSubmit }: { title: string; children: ReactNode; onSubmit: () => void }) {
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSubmit();
  };
  return (
    <Center mih="100vh" p="md">
      <Card withBorder w={380} maw="100%" padding="xl" radius="md" component="main">
        <form onSubmit={submit}>
          <Stack>
            <Title order={1} size="h3">
              ◉ Oakum
            </Title>
            <Text c="dimmed">{title}</Text>
            {children}
          </Stack>
        </form>
      </Card>
    </Center>
  );
}

const enter = () => window.location.assign("/");

export function SignIn() {
  const [password, setPassword] = useState("");
  const about = useQuery({ queryKey: ["/about"], queryFn: () => get<Schemas["About"]>("/about") });
  const sign = useMutation({ mutationFn: () => ask("POST", "/session", { password }), onSuccess: enter });
  return (
    <Door title="Sign in" onSubmit={() => sign.mutate()}>
      {about.data?.needs_set_up && (
        <Alert color="yellow" title="Nobody has set this server up yet">
          <a href="/setup">Make the admin account</a> with the token that <code>oakum serve</code> printed.
        </Alert>
      )}
      {sign.error && <Alert color="red">{sign.error.message}</Alert>}
      <PasswordInput
        label="Password"
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
        autoComplete="current-password"
        required
        data-autofocus
      />
      <Button type="submit" loading={sign.isPending}>
        Sign in
      </Button>
    </Door>
  );
}

export function SetUp() {
  const [token, setToken] = useState("");
  const [password, setPassword] = useState("");
  const make = useMutation({ mutationFn: () => ask("POST", "/setup", { token, password }), onSuccess: enter });
  return (
    <Door title="Make the admin account" onSubmit={() => make.mutate()}>
      {make.error && <Alert color="red">{make.error.message}</Alert>}
      <TextInput
        label="Set-up token"
        description="oakum serve printed it when it started"
        value={token}
        onChange={(event) => setToken(event.currentTarget.value.trim())}
        required
      />
      <PasswordInput
        label="New password"
        description="12 characters or more"
        minLength={12}
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
        autoComplete="new-password"
        required
      />
      <Button type="submit" loading={make.isPending}>
        Make the account
      </Button>
    </Door>
  );
}
