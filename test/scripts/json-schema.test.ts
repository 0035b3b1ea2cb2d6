import { jsonSchemaOf, render } from '../../scripts/json-schema';

const field = (name: string, type: string, more: object = {}) => ({
  flag: '--eplb-config',
  field: name,
  type,
  since: '0.10',
  removed: null,
  ...more,
});

const flag = (properties: object, more: object = {}) => ({
  '--eplb-config': { class: 'EPLBConfig', properties, ...more },
});

const rowsOf = (versions: Record<string, object>, ...fields: ReturnType<typeof field>[]) =>
  jsonSchemaOf({ versions, fields } as never)['--eplb-config'];

describe('the table of JSON keys', () => {
  it('has the type and the bounds of the newest schema, and the span of the key', () => {
    const versions = { '0.32.0': flag({ window_size: { exclusiveMinimum: 0, type: 'integer' } }) };
    expect(rowsOf(versions, field('window_size', 'int'))).toEqual([
      { name: 'window_size', in: '0.10..', type: 'int', above: 0 },
    ]);
  });

  it('has the Python type of a key that no schema has', () => {
    expect(rowsOf({}, field('gone', 'list[str] | None', { removed: '0.20' }))).toEqual([
      { name: 'gone', in: '0.10..0.20', type: 'list(text) | null' },
    ]);
  });

  it('has the choices by release', () => {
    const choices = { nixl: ['0.10', null], pynccl: ['0.12', null], gloo: ['0.10', '0.13'] };
    const versions = { '0.32.0': flag({ communicator: { anyOf: [{ enum: ['nixl', 'pynccl'] }, { type: 'null' }] } }) };
    expect(rowsOf(versions, field('communicator', 'Backend | None', { choices }))).toEqual([
      {
        name: 'communicator',
        in: '0.10..',
        type: 'words | null',
        choices: { '..': 'nixl', '0.12..': 'pynccl', '..0.13': 'gloo' },
      },
    ]);
  });

  it('accepts inner keys of both schemas between their versions', () => {
    const inner = (...keys: string[]) => {
      const properties = Object.fromEntries(keys.map((key) => [key, { type: 'boolean' }]));
      return flag({ inner: { $ref: '#/$defs/Inner' } }, { $defs: { Inner: { properties } } });
    };
    const versions = { '0.25.1': inner('always', 'old'), '0.32.0': inner('always', 'new') };
    expect(jsonSchemaOf({ versions, fields: [] } as never)['Inner']).toEqual([
      { name: 'always', type: 'bool' },
      { name: 'new', in: '0.25.2..', type: 'bool' },
      { name: 'old', in: '..0.32', type: 'bool' },
    ]);
  });

  it('marks the keys that vLLM needs, and those that it fills', () => {
    const properties = { key: { type: 'string' }, filled: { type: 'string' } };
    const versions = { '0.32.0': flag(properties, { required: ['key'], 'x-not-settable': ['filled'] }) };
    expect(rowsOf(versions)).toEqual([
      { name: 'filled', type: 'text', computed: true },
      { name: 'key', type: 'text', required: true },
    ]);
  });

  it('skips a class that has no flag', () => {
    const versions = { '0.32.0': { '--mamba-config': { properties: { backend: { type: 'string' } } } } };
    expect(jsonSchemaOf({ versions, fields: [] } as never)).not.toHaveProperty('--mamba-config');
  });

  it('is written with one row per line', () => {
    const text = render({ '--eplb-config': [{ name: 'use_async', type: 'bool' }] }, '0.25');
    expect(text).toContain("  '--eplb-config': [\n    { name: 'use_async', type: 'bool' },\n  ],\n");
  });
});
