import { merge } from '../../../lib/workload/pod/merge';

const BASE = {
  metadata: { labels: { app: 'vllm' } },
  spec: {
    priorityClassName: 'high',
    containers: [
      { name: 'vllm', image: 'a', env: [{ name: 'A', value: '1' }] },
      { name: 'proxy', image: 'b' },
    ],
  },
};

describe('a merge', () => {
  it('keeps fields that the override does not set', () => {
    expect(merge(BASE, {})).toEqual(BASE);
  });

  it('merges objects key by key', () => {
    expect(merge(BASE, { metadata: { labels: { team: 'a' } } })).toHaveProperty('metadata.labels', {
      app: 'vllm',
      team: 'a',
    });
  });

  it('replaces plain values', () => {
    expect(merge(BASE, { spec: { priorityClassName: 'low' } })).toHaveProperty('spec.priorityClassName', 'low');
  });

  it('replaces a value of another type', () => {
    expect(merge({ a: 'text', b: {}, c: [] }, { a: { deep: 1 }, b: [1], c: 'text' })).toEqual({
      a: { deep: 1 },
      b: [1],
      c: 'text',
    });
  });

  it('merges items of a list by their names, at any depth', () => {
    const over = { spec: { containers: [{ name: 'vllm', env: [{ name: 'A', value: '2' }], tty: true }] } };
    expect(merge(BASE, over)).toHaveProperty('spec.containers', [
      { name: 'vllm', image: 'a', env: [{ name: 'A', value: '2' }], tty: true },
      { name: 'proxy', image: 'b' },
    ]);
  });

  it('appends items with new names', () => {
    const over = { spec: { containers: [{ name: 'new', image: 'c' }] } };
    expect(merge(BASE, over)).toHaveProperty('spec.containers', [...BASE.spec.containers, { name: 'new', image: 'c' }]);
  });

  it('merges mounts by their paths, because one volume may be mounted twice', () => {
    const base = [
      { name: 'models', mountPath: '/models' },
      { name: 'models', mountPath: '/adapters' },
    ];
    expect(merge(base, [{ name: 'models', mountPath: '/adapters', readOnly: true }])).toEqual([
      { name: 'models', mountPath: '/models' },
      { name: 'models', mountPath: '/adapters', readOnly: true },
    ]);
  });

  it.each<[what: string, base: unknown[], over: unknown[]]>([
    ['plain values', ['a', 'b'], ['c']],
    ['items without names', [{ key: 'a' }], [{ key: 'b' }]],
    ['items of which only some have names', [{ name: 'a' }], [{ key: 'b' }]],
    ['nothing, by nothing', [], []],
  ])('replaces a list of %s', (_, base, over) => {
    expect(merge(base, over)).toEqual(over);
  });

  it('keeps named items when the override is an empty list, as Kubernetes does', () => {
    expect(merge([{ name: 'a' }], [])).toEqual([{ name: 'a' }]);
  });

  it('removes what the override sets to null', () => {
    expect(merge(BASE, { spec: { priorityClassName: null } })).toEqual({
      ...BASE,
      spec: { containers: BASE.spec.containers },
    });
  });

  it('removes a field of a named item', () => {
    expect(merge([{ name: 'a', x: 1 }], [{ name: 'a', x: null }])).toEqual([{ name: 'a' }]);
  });

  it('swaps the source of a volume with a null for the old one', () => {
    const over = [{ name: 'tmp', emptyDir: null, hostPath: { path: '/fast' } }];
    expect(merge([{ name: 'tmp', emptyDir: {} }], over)).toEqual([{ name: 'tmp', hostPath: { path: '/fast' } }]);
  });

  it('leaves no null when there is nothing to remove', () => {
    expect(merge({}, { a: null, b: { c: null, d: 1 } })).toEqual({ b: { d: 1 } });
  });

  it('keeps false, zero and empty text', () => {
    expect(merge({ a: true, b: 1, c: 'x' }, { a: false, b: 0, c: '' })).toEqual({ a: false, b: 0, c: '' });
  });

  it('changes neither side', () => {
    const base = structuredClone(BASE);
    const over = { spec: { priorityClassName: null, containers: [{ name: 'vllm', tty: true }, { name: 'new' }] } };
    const before = structuredClone(over);
    merge(base, over);
    expect([base, over]).toEqual([BASE, before]);
  });
});
