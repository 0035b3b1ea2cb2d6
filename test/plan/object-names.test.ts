import {
  DNS_1035_LABEL,
  DNS_LABEL,
  DNS_SUBDOMAIN,
  LABEL_VALUE,
  QUALIFIED_KEY,
} from '../../lib/shapes/kubernetes-names';
import { MAX_STACK_NAME, objectNames } from '../../lib/plan/object-names';

describe('the names of a stack', () => {
  it('derive from its name', () => {
    expect(objectNames('vllm')).toEqual({
      workload: 'vllm',
      service: 'vllm-svc',
      serviceAccount: 'vllm-sa',
      disruptionBudget: 'vllm-pdb',
      networkPolicy: 'vllm-netpol',
      scaledObject: 'vllm-scaler',
      triggerAuthentication: 'vllm-auth',
      monitor: 'vllm-scrape',
      rules: 'vllm-rules',
      dashboard: 'vllm-board',
      collector: 'vllm-otel',
      deviceClaim: 'vllm-gpus',
      route: 'vllm-route',
      canaryService: 'vllm-canary',
      nextService: 'vllm-next',
      guards: 'vllm-guards',
      faults: 'vllm-faults',
    });
  });

  it('are different for each kind', () => {
    const names = Object.values(objectNames('vllm'));
    expect(new Set(names).size).toBe(names.length);
  });

  it('are DNS labels, the strictest names, for the longest stack name', () => {
    for (const name of Object.values(objectNames('a'.repeat(MAX_STACK_NAME)))) expect(name).toMatch(DNS_1035_LABEL);
  });

  it('would not all fit with one character more', () => {
    const names = Object.values(objectNames('a'.repeat(MAX_STACK_NAME + 1)));
    expect(names.some((name) => !DNS_1035_LABEL.test(name))).toBe(true);
  });

  it('leave 56 characters to the stack, as in the documentation', () => {
    expect(MAX_STACK_NAME).toBe(56);
  });
});

describe('a pattern', () => {
  it.each<[what: string, pattern: RegExp, text: string]>([
    ['a Service', DNS_1035_LABEL, 'a-1'],
    ['a Service of 63 characters', DNS_1035_LABEL, 'a'.repeat(63)],
    ['a namespace that begins with a digit', DNS_LABEL, '1a'],
    ['a Secret with dots', DNS_SUBDOMAIN, 'a.b-c.d'],
    ['a Secret of 253 characters', DNS_SUBDOMAIN, 'a'.repeat(253)],
    ['a plain key', QUALIFIED_KEY, 'team'],
    ['a key with a domain', QUALIFIED_KEY, 'kueue.x-k8s.io/queue-name'],
    ['an empty label value', LABEL_VALUE, ''],
    ['a label value with capitals', LABEL_VALUE, 'NVIDIA-H100_80GB.HBM3'],
  ])('accepts %s', (_, pattern, text) => {
    expect(text).toMatch(pattern);
  });

  it.each<[what: string, pattern: RegExp, text: string]>([
    ['a Service that begins with a digit', DNS_1035_LABEL, '1a'],
    ['a Service with a dot', DNS_1035_LABEL, 'a.b'],
    ['a Service of 64 characters', DNS_1035_LABEL, 'a'.repeat(64)],
    ['a namespace with an underscore', DNS_LABEL, 'a_b'],
    ['a namespace that ends with a dash', DNS_LABEL, 'a-'],
    ['a namespace with a newline at its end', DNS_LABEL, 'a\n'],
    ['an empty namespace', DNS_LABEL, ''],
    ['a Secret with capitals', DNS_SUBDOMAIN, 'Secret'],
    ['a Secret with two dots in a row', DNS_SUBDOMAIN, 'a..b'],
    ['a Secret of 254 characters', DNS_SUBDOMAIN, 'a'.repeat(254)],
    ['a key with two slashes', QUALIFIED_KEY, 'a/b/c'],
    ['a key with a space', QUALIFIED_KEY, 'a b'],
    ['a key of 64 characters', QUALIFIED_KEY, 'a'.repeat(64)],
    ['a label value of 64 characters', LABEL_VALUE, 'a'.repeat(64)],
    ['a label value that begins with a dash', LABEL_VALUE, '-a'],
  ])('refuses %s', (_, pattern, text) => {
    expect(text).not.toMatch(pattern);
  });
});
