/** Which page is where. */
import { createRootRoute, createRoute, createRouter, Outlet } from "@tanstack/react-router";
import { Affected } from "./pages/affected";
import { Audit } from "./pages/audit";
import { Containers, OneContainer } from "./pages/containers";
import { Decisions, OneDecision } from "./pages/decisions";
import { Hosts } from "./pages/hosts";
import { Images, OneImage } from "./pages/images";
import { Incidents, OneIncident } from "./pages/incidents";
import { Overview } from "./pages/overview";
import { Settings } from "./pages/settings";
import { SetUp, SignIn } from "./pages/sign-in";
import { Waivers } from "./pages/waivers";
import { Shell } from "./parts/shell";

const words = (search: Record<string, unknown>): Record<string, string> =>
  Object.fromEntries(Object.entries(search).map(([name, value]) => [name, String(value)]));

const root = createRootRoute({ component: Outlet, notFoundComponent: () => <p>There is no such page.</p> });
const inside = createRoute({ getParentRoute: () => root, id: "inside", component: Shell });
const page = <P extends string>(path: P, component: () => React.ReactNode) =>
  createRoute({ getParentRoute: () => inside, path, component, validateSearch: words });

const tree = root.addChildren([
  createRoute({ getParentRoute: () => root, path: "/sign-in", component: SignIn }),
  createRoute({ getParentRoute: () => root, path: "/setup", component: SetUp }),
  inside.addChildren([
    page("/", Overview),
    page("/images", Images),
    page("/images/$id", OneImage),
    page("/containers", Containers),
    page("/containers/$id", OneContainer),
    page("/incidents", Incidents),
    page("/incidents/$id", OneIncident),
    page("/decisions", Decisions),
    page("/decisions/$id", OneDecision),
    page("/waivers", Waivers),
    page("/affected", Affected),
    page("/hosts", Hosts),
    page("/audit", Audit),
    page("/settings", Settings),
  ]),
]);

export const router = createRouter({ routeTree: tree, defaultPreload: false });

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
