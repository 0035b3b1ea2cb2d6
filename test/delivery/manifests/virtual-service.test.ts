import type { IstioRouterOptions } from '../../../lib';
import { CanaryRouter, Migration } from '../../../lib';
import type { Props } from '../../support/rollout';
import { withCanary } from '../../support/rollout';
import type { Manifest } from '../../support/stack';
import { find, manifestsWith } from '../../support/stack';

const virtualServiceOf = (options: IstioRouterOptions, props: Props = {}): Manifest =>
  find(manifestsWith(withCanary({ router: CanaryRouter.istio(options) }, props)), 'VirtualService');

describe('the VirtualService of a canary', () => {
  it('has one route with both versions, for all requests inside of the mesh', () => {
    const { apiVersion, metadata, spec } = virtualServiceOf({});
    expect([apiVersion, metadata.name, metadata.namespace]).toEqual(['networking.istio.io/v1', 'vllm-route', 'llm']);
    expect(spec).toEqual({
      hosts: ['vllm-svc'],
      gateways: ['mesh'],
      http: [
        {
          route: [
            { destination: { host: 'vllm-svc', port: { number: 8000 } }, weight: 100 },
            { destination: { host: 'vllm-canary', port: { number: 8000 } }, weight: 0 },
          ],
        },
      ],
    });
  });

  it('lets only the API through a gateway', () => {
    const [{ match }] = virtualServiceOf({ hosts: ['llm.example.com'], gateways: ['istio-ingress/public'] }).spec.http;
    const uris = match.map(({ uri }: Manifest) => uri.exact ?? uri.prefix);
    expect(uris).toContain('/v1/chat/completions');
    expect(uris.filter((uri: string) => !uri.startsWith('/v1/'))).toEqual([]);
    expect(match.every(({ gateways }: Manifest) => gateways.join() === 'istio-ingress/public')).toBe(true);
  });

  it('lets everything through inside of the mesh, and only the API through a gateway beside it', () => {
    const gateways = ['mesh', 'istio-ingress/public'];
    const [{ match }, ...others] = virtualServiceOf({ hosts: ['vllm-svc', 'llm.example.com'], gateways }).spec.http;
    expect(others).toEqual([]);
    expect(match.at(-1)).toEqual({ uri: { prefix: '/' }, gateways: ['mesh'] });
    expect(match.slice(0, -1).every((each: Manifest) => each.gateways.join() === 'istio-ingress/public')).toBe(true);
  });

  it('has no timeout: a stream may be long', () => {
    expect(JSON.stringify(virtualServiceOf({}).spec)).not.toContain('timeout');
  });

  it('leads to the old version alone on the way to a Deployment', () => {
    const router = CanaryRouter.istio();
    const manifests = manifestsWith(withCanary({ router, migration: Migration.TO_DEPLOYMENT }));
    expect(find(manifests, 'VirtualService').spec.http[0].route).toEqual([
      { destination: { host: 'vllm-svc', port: { number: 8000 } }, weight: 100 },
    ]);
  });

  it('is none where one of others exists', () => {
    const router = CanaryRouter.virtualService({ virtualService: 'own' });
    expect(find(manifestsWith(withCanary({ router })), 'VirtualService')).toBeUndefined();
  });
});
