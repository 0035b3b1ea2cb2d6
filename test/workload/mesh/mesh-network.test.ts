import { Mesh } from '../../../lib';
import type { NetworkAccess } from '../../../lib';
import { find, manifestsWith } from '../../support/stack';

beforeEach(() => jest.spyOn(process.stderr, 'write').mockReturnValue(true));
afterEach(() => jest.restoreAllMocks());

const ingressOf = (mesh: Mesh, network?: NetworkAccess) =>
  find(manifestsWith({ mesh, network }), 'NetworkPolicy').spec.ingress;
const own = { podSelector: {} };
const namespace = (name: string) => ({ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } } });

describe.each([
  ['native', Mesh.istioSidecar()],
  ['classic', Mesh.istioSidecar({ native: false })],
])('the NetworkPolicy with a %s sidecar', (_, mesh) => {
  test('admits callers to the port of the engine, where sidecars call, and to that of ambient callers', () => {
    const [callers] = ingressOf(mesh, { clientNamespaces: ['gateway'] });
    expect(callers).toEqual({
      from: [own, namespace('gateway'), namespace('monitoring')],
      ports: [{ port: 'http' }, { port: 15008 }],
    });
  });

  test('admits only monitoring to the metrics of the proxy', () => {
    const [, metrics, ...others] = ingressOf(mesh, { clientNamespaces: ['gateway'] });
    expect(metrics).toEqual({ from: [own, namespace('monitoring')], ports: [{ port: 15020 }, { port: 15090 }] });
    expect(others).toEqual([]);
  });

  test('has no rule for metrics when no namespace may scrape: an empty list of sources would admit every source', () => {
    const network = { ownNamespace: false, clientNamespaces: ['gateway'], monitoringNamespaces: [] };
    expect(ingressOf(mesh, network)).toEqual([
      { from: [namespace('gateway')], ports: [{ port: 'http' }, { port: 15008 }] },
    ]);
  });
});

describe('the NetworkPolicy of an ambient stack', () => {
  const mesh = Mesh.istioAmbient();

  test('admits callers to the tunnel, and to the engine from outside the mesh', () => {
    expect(ingressOf(mesh)[0]).toEqual({
      from: [own, namespace('monitoring')],
      ports: [{ port: 'http' }, { port: 15008 }],
    });
  });

  test('admits the probes of the kubelet, whose address the mesh rewrites', () => {
    expect(ingressOf(mesh).slice(1)).toEqual([
      {
        from: [
          { ipBlock: { cidr: '169.254.7.127/32' } },
          { ipBlock: { cidr: 'fd16:9254:7127:1337:ffff:ffff:ffff:ffff/128' } },
        ],
      },
    ]);
  });

  test('admits only the probes when no client may call', () => {
    const rules = ingressOf(mesh, { ownNamespace: false, monitoringNamespaces: [] });
    expect(rules).toHaveLength(1);
    expect(rules[0].from).toHaveLength(2);
  });

  test('is absent when network.policy is false', () => {
    expect(find(manifestsWith({ mesh, network: { policy: false } }), 'NetworkPolicy')).toBeUndefined();
  });
});
