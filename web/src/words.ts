/** How values are put for people. */

export const SEVERITIES = ["critical", "high", "medium", "low", "negligible", "unscored"] as const;

/** A moment as people say it: 12 s ago, 3 h ago; the day where it is long past. */
export function ago(at: string, now: number = Date.now()): string {
  const then = Date.parse(at);
  if (!at || Number.isNaN(then)) return "–";
  const seconds = Math.round((now - then) / 1000);
  if (seconds < 0) return "now";
  if (seconds < 60) return `${seconds} s ago`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ago`;
  if (seconds < 86400) return `${Math.floor(seconds / 3600)} h ago`;
  if (seconds < 30 * 86400) return `${Math.floor(seconds / 86400)} d ago`;
  return new Date(then).toISOString().slice(0, 10);
}

/** An id as it is told apart: twelve digits, without the name of its hash. */
export function short(id: string): string {
  return id.replace(/^sha256:/, "").slice(0, 12);
}

/** Findings by rating, worst first: 2 critical, 5 high. */
export function counted(findings: Record<string, number>): [string, number][] {
  return SEVERITIES.filter((one) => (findings[one] ?? 0) > 0).map((one) => [one, findings[one] ?? 0]);
}

export function many(count: number, one: string, several = `${one}s`): string {
  return `${count.toLocaleString("en")} ${count === 1 ? one : several}`;
}

/** A reference as people read it: a digest in it is shortened. */
export function named(reference: string): string {
  return reference.replace(/@sha256:([0-9a-f]{12})[0-9a-f]+$/, "@$1");
}
