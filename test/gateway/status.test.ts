import { list } from './kubectl';
import { SCENARIOS } from './scenarios';

interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason: string;
}

interface WithStatus {
  readonly metadata: { readonly name: string; readonly namespace: string };
  readonly status?: {
    readonly parents?: readonly { readonly conditions: readonly Condition[] }[];
    readonly ancestors?: readonly { readonly conditions: readonly Condition[] }[];
    readonly conditions?: readonly Condition[];
  };
}

/** `Accepted True`, `ResolvedRefs False BackendNotFound`; the reason only of what is not True. */
function verdicts({ status }: WithStatus): string[] {
  const conditions = [...(status?.parents ?? []), ...(status?.ancestors ?? []), status ?? {}].flatMap(
    (part) => ('conditions' in part && part.conditions) || [],
  );
  return conditions
    .filter(({ type }) => ['Accepted', 'ResolvedRefs', 'Programmed'].includes(type))
    .map(({ type, status: value, reason }) => `${type} ${value}${value === 'True' ? '' : ` ${reason}`}`);
}

const name = ({ metadata }: WithStatus) => `${metadata.namespace}/${metadata.name}`;

/** Routes that are broken on purpose. */
const BROKEN: Readonly<Record<string, readonly string[]>> = {
  'shared/broken-filter': ['Accepted True', 'ResolvedRefs False UnsupportedValue'],
  'shared/own': ['Accepted True', 'ResolvedRefs False BackendNotFound,InvalidKind,PortNotFound,RefNotPermitted'],
  'team-web/web': ['Accepted False NotAllowedByListeners', 'ResolvedRefs True'],
};

test('every route is accepted and finds its backends, except those that are broken on purpose', () => {
  const routes = list<WithStatus>('httproutes');
  expect(routes.length).toBeGreaterThan(SCENARIOS.length);
  const bad = routes.map((route) => [name(route), [...new Set(verdicts(route))].sort()] as const);
  const sound = ['Accepted True', 'ResolvedRefs True'];
  expect(Object.fromEntries(bad.filter(([, found]) => found.join() !== sound.join()))).toEqual(BROKEN);
});

test('every Gateway is programmed', () => {
  for (const gateway of list<WithStatus>('gateways')) {
    expect([name(gateway), verdicts(gateway)]).toEqual([name(gateway), ['Accepted True', 'Programmed True']]);
  }
});

test('every policy is accepted', () => {
  const policies = ['backendtrafficpolicies', 'clienttrafficpolicies', 'securitypolicies', 'envoyextensionpolicies'];
  const found = policies.flatMap((kind) => list<WithStatus>(kind));
  expect(found).not.toEqual([]);
  for (const policy of found) expect([name(policy), verdicts(policy)]).toEqual([name(policy), ['Accepted True']]);
});
