/** What stands around content: titles, tables, what is empty, what failed, what is still to come. */
import { Alert, Button, Card, Center, Group, Loader, Stack, Table, Text, Title } from "@mantine/core";
import { type InfiniteData, type UseInfiniteQueryResult, useInfiniteQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { get, type Page, query } from "../api";

export function Heading({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <Group justify="space-between" mb="md" align="flex-end">
      <Title order={1} size="h2" className="breakable">
        {title}
      </Title>
      {children}
    </Group>
  );
}

export function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Card withBorder padding="md" radius="md" component="section">
      <Title order={2} size="h4" mb="sm">
        {title}
      </Title>
      {children}
    </Card>
  );
}

export function Empty({ children }: { children: ReactNode }) {
  return (
    <Text c="dimmed" py="md">
      {children}
    </Text>
  );
}

/** Content when it is there; until then that it comes, or why it does not. */
export function Loaded<T>({
  of,
  children,
}: {
  of: { data?: T; error: Error | null };
  children: (data: T) => ReactNode;
}) {
  if (of.data !== undefined) return <>{children(of.data)}</>;
  if (of.error)
    return (
      <Alert color="red" title="This cannot be shown">
        {of.error.message}
      </Alert>
    );
  return (
    <Center py="xl">
      <Loader aria-label="Loading" />
    </Center>
  );
}

/** The heads of a table; wide tables scroll by themselves, so that the page does not. */
export function Rows({ heads, children }: { heads: string[]; children: ReactNode }) {
  return (
    <Table.ScrollContainer minWidth={Math.min(heads.length * 110, 760)}>
      <Table verticalSpacing={6} highlightOnHover stickyHeader>
        <Table.Thead>
          <Table.Tr>
            {heads.map((head) => (
              <Table.Th key={head} scope="col">
                {head}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>{children}</Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

export function usePages<T>(path: string, words: Record<string, string>) {
  return useInfiniteQuery({
    queryKey: [path, words],
    queryFn: ({ pageParam }) => get<Page<T>>(query(path, { ...words, after: pageParam, limit: 100 })),
    initialPageParam: "",
    getNextPageParam: (last) => last.next || undefined,
  });
}

export function More<T>({ of }: { of: UseInfiniteQueryResult<InfiniteData<Page<T>>> }) {
  if (!of.hasNextPage) return null;
  return (
    <Center mt="md">
      <Button variant="default" loading={of.isFetchingNextPage} onClick={() => of.fetchNextPage()}>
        Load more
      </Button>
    </Center>
  );
}

export function Facts({ rows }: { rows: [string, ReactNode][] }) {
  return (
    <Stack gap={4}>
      {rows
        .filter(([, value]) => value !== "" && value !== undefined && value !== null)
        .map(([name, value]) => (
          <Group key={name} gap="sm" wrap="nowrap" align="flex-start">
            <Text size="sm" c="dimmed" w={130} miw={130}>
              {name}
            </Text>
            <Text size="sm" component="div" className="breakable">
              {value}
            </Text>
          </Group>
        ))}
    </Stack>
  );
}
