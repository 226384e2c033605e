/** Asks the server's API; errors are sentences of the server's own. */
import type { components } from "./api-types";

export type Schemas = components["schemas"];
export type Page<T> = { items: T[]; next: string };

const PREFIX = "/api/v1";

export class Problem extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

export async function ask<T>(method: string, path: string, body?: unknown): Promise<T> {
  const answer = await fetch(PREFIX + path, {
    method,
    credentials: "same-origin",
    headers: body === undefined ? {} : { "Content-Type": "application/json" },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  if (answer.status === 204) return undefined as T;
  const said = await answer.json().catch(() => null);
  if (!answer.ok)
    throw new Problem(answer.status, said?.detail || said?.title || `the server answered ${answer.status}`);
  return said as T;
}

export const get = <T>(path: string) => ask<T>("GET", path);

/** A path with those of its parameters that say something. */
export function query(path: string, words: Record<string, string | number | undefined>): string {
  const said = Object.entries(words).filter(([, value]) => value !== undefined && value !== "");
  const text = new URLSearchParams(said.map(([name, value]) => [name, String(value)])).toString();
  return text ? `${path}?${text}` : path;
}
