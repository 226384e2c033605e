/** Listens to what changes, and has the pages that show it ask anew. */
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";

export function useLive(on: boolean): boolean {
  const [live, setLive] = useState(false);
  const client = useQueryClient();
  useEffect(() => {
    if (!on) return;
    const source = new EventSource("/api/v1/changes");
    source.onopen = () => setLive(true);
    source.onerror = () => setLive(false);
    source.addEventListener("changed", () =>
      client.invalidateQueries({ predicate: (one) => one.queryKey[0] !== "/session" }),
    );
    return () => source.close();
  }, [on, client]);
  return live;
}
