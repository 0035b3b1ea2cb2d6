import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { k8s } from 'cdk8s-plus-28';
import type { Plain } from '../../lib/emit/kube-manifest';
import { kubeManifest } from '../../lib/emit/kube-manifest';

describe('the manifest of a kind of Kubernetes', () => {
  it('has the version of its API', () => {
    const metadata = { name: 'vllm' };
    expect(kubeManifest('NetworkPolicy', { metadata })).toEqual({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata,
    });
  });
});

describe('types of the API', () => {
  it('accept ports and quantities as plain values', () => {
    const port: Plain<k8s.ServicePort> = { port: 80, targetPort: 'http' };
    const limits: Plain<k8s.ResourceRequirements> = { limits: { memory: '1Gi', 'nvidia.com/gpu': 1 } };
    expect([port.targetPort, limits.limits]).toEqual(['http', { memory: '1Gi', 'nvidia.com/gpu': 1 }]);
  });

  it('keep other fields named value', () => {
    const header: Plain<k8s.HttpHeader> = { name: 'Accept', value: 'text/plain' };
    // @ts-expect-error: a header is not a quantity.
    const quantity: Plain<k8s.HttpHeader> = '1Gi';
    expect([header.value, quantity]).toEqual(['text/plain', '1Gi']);
  });

  it('spell every field as the API does', () => {
    const spelled: Plain<k8s.ServiceSpec> = { clusterIP: 'None' };
    // @ts-expect-error: the spelling of the package, which the API server refuses.
    const misspelt: Plain<k8s.ServiceSpec> = { clusterIp: 'None' };
    expect([spelled, misspelt]).toHaveLength(2);

    const root = join(__dirname, '../..');
    const generated = readFileSync(join(root, 'node_modules/cdk8s-plus-28/lib/imports/k8s.js'), 'utf8');
    const renamed = [...generated.matchAll(/'(\w+)': [^\n]*?\bobj\.(\w+)/g)]
      .filter(([, api, field]) => api !== field)
      .map(([, api, field]) => `${field}: '${api}'`);
    expect(renamed.length).toBeGreaterThan(10);
    const table = readFileSync(join(root, 'lib/emit/kube-manifest.ts'), 'utf8');
    expect(renamed.filter((each) => !table.includes(each))).toEqual([]);
  });
});
