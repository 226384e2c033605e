import { Alert, Button, Center, Code, Table } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { get, query, type Schemas } from "../api";
import { Heading, Loaded, Rows } from "../parts/frames";
import { Id, When } from "../parts/marks";

export function Audit() {
  const found = useInfiniteQuery({
    queryKey: ["/audit/newest"],
    queryFn: ({ pageParam }) => get<Schemas["AuditPage"]>(query("/audit/newest", { before: pageParam, limit: 100 })),
    initialPageParam: 0,
    getNextPageParam: (last) => last.next || undefined,
  });
  return (
    <>
      <Heading title="Audit trail" />
      <Loaded of={found}>
        {(data) => (
          <>
            {data.pages[0]?.trouble ? (
              <Alert color="red" title="Its head cannot be exported">
                {data.pages[0].trouble}
              </Alert>
            ) : null}
            <Rows heads={["#", "When", "Who", "What", "To", "More"]}>
              {data.pages
                .flatMap((page) => page.items)
                .map((one) => (
                  <Table.Tr key={one.number}>
                    <Table.Td>{one.number}</Table.Td>
                    <Table.Td>
                      <When at={one.at} />
                    </Table.Td>
                    <Table.Td>{one.actor}</Table.Td>
                    <Table.Td>{one.action}</Table.Td>
                    <Table.Td className="breakable">
                      {one.target.length > 40 ? <Id id={one.target} /> : one.target}
                    </Table.Td>
                    <Table.Td className="breakable">
                      <Code>{JSON.stringify(one.detail ?? {})}</Code>
                    </Table.Td>
                  </Table.Tr>
                ))}
            </Rows>
            {found.hasNextPage ? (
              <Center mt="md">
                <Button variant="default" loading={found.isFetchingNextPage} onClick={() => found.fetchNextPage()}>
                  Load older
                </Button>
              </Center>
            ) : null}
          </>
        )}
      </Loaded>
    </>
  );
}
