/** The frame of every page: where one can go, whether the feed is live, who is signed in. */
import {
  ActionIcon,
  AppShell,
  Badge,
  Burger,
  Button,
  Group,
  NavLink,
  Text,
  useMantineColorScheme,
} from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { Link, Outlet, useNavigate, useRouterState } from "@tanstack/react-router";
import { useEffect } from "react";
import { ask, get, Problem, type Schemas } from "../api";
import { useLive } from "./live";

const PLACES: [string, string][] = [
  ["/", "Overview"],
  ["/images", "Images"],
  ["/containers", "Containers"],
  ["/incidents", "Incidents"],
  ["/decisions", "Decisions"],
  ["/waivers", "Waivers"],
  ["/affected", "Blast radius"],
  ["/hosts", "Hosts"],
  ["/audit", "Audit trail"],
  ["/settings", "Settings"],
];

export function Shell() {
  const [opened, { toggle, close }] = useDisclosure();
  const path = useRouterState({ select: (state) => state.location.pathname });
  const go = useNavigate();
  const session = useQuery({
    queryKey: ["/session"],
    queryFn: () => get<Schemas["Session"]>("/session"),
    retry: false,
  });
  const gone = session.error instanceof Problem && session.error.status === 401;
  const live = useLive(session.isSuccess);
  useEffect(() => {
    if (gone) go({ to: "/sign-in" });
  }, [gone, go]);
  if (!session.isSuccess) return null;
  return (
    <AppShell
      header={{ height: 52 }}
      navbar={{ width: 190, breakpoint: "sm", collapsed: { mobile: !opened } }}
      padding="lg"
    >
      <AppShell.Header px="md">
        <Group h="100%" justify="space-between">
          <Group gap="sm">
            <Burger opened={opened} onClick={toggle} hiddenFrom="sm" size="sm" aria-label="Pages" />
            <Text fw={700} size="lg">
              ◉ Oakum
            </Text>
            <Badge size="sm" variant="dot" color={live ? "teal" : "gray"} tt="none" visibleFrom="xs">
              {live ? "live" : "not live"}
            </Badge>
          </Group>
          <Group gap="xs">
            <Scheme />
            <Text size="sm" visibleFrom="xs">
              {session.data.actor}
            </Text>
            <Button
              size="xs"
              variant="default"
              onClick={() => ask("DELETE", "/session").finally(() => window.location.assign("/sign-in"))}
            >
              Sign out
            </Button>
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="xs" aria-label="Pages">
        {PLACES.map(([to, label]) => (
          <NavLink
            key={to}
            component={Link}
            to={to}
            label={label}
            active={to === "/" ? path === "/" : path.startsWith(to)}
            onClick={close}
          />
        ))}
      </AppShell.Navbar>
      <AppShell.Main>
        <Outlet />
      </AppShell.Main>
    </AppShell>
  );
}

function Scheme() {
  const { colorScheme, toggleColorScheme } = useMantineColorScheme();
  return (
    <ActionIcon variant="default" onClick={toggleColorScheme} aria-label="Dark or light">
      {colorScheme === "dark" ? "☀" : "☾"}
    </ActionIcon>
  );
}
