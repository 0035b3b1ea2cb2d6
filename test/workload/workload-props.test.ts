import { podWith, refusalOf } from '../support/stack';

describe('refuses', () => {
  const zone = 'topology.kubernetes.io/zone';
  const long = `${'a'.repeat(254)}/b`;

  test.each<[what: string, props: object, message: string]>([
    ['a taint with a space', { tolerations: [{ key: 'a b' }] }, 'tolerations[0].key: is "a b"; give a key such as'],
    ['a taint without key', { tolerations: [{ key: '' }] }, 'tolerations[0].key: is ""; give a key such as "team"'],
    ['a taint with a long prefix', { tolerations: [{ key: long }] }, 'at most 253 characters before the "/"'],
    ['a node label with two slashes', { topologySpread: [{ topologyKey: 'a/b/c' }] }, 'topologyKey: is "a/b/c"; give'],
    [
      'a label with a long prefix',
      { labels: { [long]: 'x' } },
      'at most 253 characters before the "/" and 63 after it',
    ],
    [
      'one rule twice',
      { topologySpread: [{ topologyKey: zone }, { topologyKey: zone, maxSkew: 2, required: false }] },
      `topologySpread[1]: spreads over "${zone}", as an earlier rule does, and Kubernetes refuses that; remove one of them`,
    ],
    [
      'the label of a revision',
      { podLabels: { 'pod-template-hash': 'x' } },
      'podLabels.pod-template-hash: is a label that Kubernetes sets itself, with another value for each revision',
    ],
    ['it on all objects', { labels: { 'pod-template-hash': 'x' } }, 'labels.pod-template-hash: is a label that'],
    ['a class with a dash first', { priorityClassName: '-a' }, 'and ".", beginning and ending with a letter or digit'],
    ['a namespace with a dash last', { network: { clientNamespaces: ['a-'] } }, 'and "-", beginning and ending with'],
    ['a label value with a dot last', { labels: { a: 'b.' } }, 'and ".", beginning and ending with a letter or digit'],
  ])('%s', (_, props, message) => {
    expect(refusalOf(props)).toContain(message);
  });
});

test('a key may have a prefix of 253 characters', () => {
  const key = `${'a'.repeat(253)}/b`;
  expect(podWith({ tolerations: [{ key }] }).tolerations).toContainEqual({ key, operator: 'Exists' });
});

test('one key may have a required rule and a preferred rule', () => {
  const topologySpread = [{ topologyKey: 'zone' }, { topologyKey: 'zone', maxSkew: 3, required: true }];
  expect(podWith({ topologySpread }).topologySpreadConstraints).toHaveLength(2);
});
