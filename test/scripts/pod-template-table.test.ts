import type { Schema } from '../../scripts/pod-template-table';
import { render, typesOf } from '../../scripts/pod-template-table';

const schemaOf = (properties: Record<string, Schema>, more: Record<string, Schema> = {}) => ({
  info: { version: 'v1.37.2' },
  components: { schemas: { 'io.k8s.api.core.v1.PodTemplateSpec': { properties, required: ['spec'] }, ...more } },
});
const linesOf = (...args: Parameters<typeof schemaOf>) =>
  /`\n([^`]*)\n`/.exec(render(schemaOf(...args)))?.[1]?.split('\n');
const ref = (name: string) => ({ allOf: [{ $ref: `#/components/schemas/${name}` }] });

describe('the table of fields of a pod template', () => {
  it('has a letter for each simple type', () => {
    const fields = typesOf(
      schemaOf({
        s: { type: 'string' },
        b: { type: 'boolean' },
        i: { type: 'integer', format: 'int32' },
        l: { type: 'integer', format: 'int64' },
        q: ref('io.k8s.apimachinery.pkg.api.resource.Quantity'),
        x: ref('io.k8s.apimachinery.pkg.util.intstr.IntOrString'),
      }),
    );
    expect(fields.get('PodTemplateSpec')).toEqual(['b:b', 'i:i', 'l:l', 'q:q', 's:s', 'x:x']);
  });

  it('has maps, lists with their keys, words and required fields', () => {
    const items = { $ref: '#/components/schemas/a.b.Item' };
    const lines = linesOf(
      {
        labels: { type: 'object', additionalProperties: { type: 'string' } },
        list: { type: 'array', items, 'x-kubernetes-list-map-keys': ['name', 'protocol'] },
        spec: { type: 'string', enum: ['A', 'B'] },
      },
      { 'a.b.Item': { properties: { name: { type: 'string' } } } },
    );
    expect(lines).toEqual(['Item name:s', 'PodTemplateSpec labels:{s} list:[Item]name,protocol spec!:=A|B']);
  });

  it('has words only where they are few', () => {
    const words = Array.from({ length: 21 }, (_, index) => `W${index}`);
    expect(linesOf({ signal: { type: 'string', enum: words } })).toEqual(['PodTemplateSpec signal:s']);
  });

  it('repeats no fields of a type that has all of them', () => {
    const text = { type: 'string' };
    const more = {
      'a.Small': { properties: { a: text, b: text } },
      'a.Large': { properties: { a: text, b: text, c: text } },
    };
    expect(linesOf({ one: ref('a.Small'), two: ref('a.Large') }, more)).toEqual([
      'Large=Small c:s',
      'PodTemplateSpec one:Small two:Large',
      'Small a:s b:s',
    ]);
  });

  it.each(['v1.37.2', '1.37'])('names the minor of a server with the version %s', (version) => {
    expect(render({ ...schemaOf({}), info: { version } })).toContain("KUBERNETES = '1.37';");
  });

  it('fails for a type that it does not know, and for two types of one name', () => {
    expect(() => render(schemaOf({ a: { type: 'null' } }))).toThrow('the table has no letter for {"type":"null"}');
    const more = { 'a.Same': {}, 'b.Same': {} };
    expect(() => render(schemaOf({ a: ref('a.Same'), b: ref('b.Same') }, more))).toThrow('two types are named Same');
  });
});
