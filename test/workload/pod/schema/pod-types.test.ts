import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { POD_TEMPLATE } from '../../../../lib/workload/pod/schema/pod-template-table';
import { fieldsOf } from '../../../../lib/workload/pod/schema/pod-types';
import { FILE } from '../../../../scripts/pod-template-table';

test('a line becomes fields with their types', () => {
  const fields = fieldsOf('Container');
  expect(fields.get('name')).toEqual({ type: { is: 'text' }, required: true });
  expect(fields.get('env')).toEqual({
    type: { is: 'list', item: { is: 'object', name: 'EnvVar' }, keys: ['name'] },
    required: false,
  });
  expect(fields.get('imagePullPolicy')?.type).toEqual({ is: 'word', words: ['Always', 'IfNotPresent', 'Never'] });
  expect(fieldsOf('ResourceRequirements').get('limits')?.type).toEqual({ is: 'map', item: { is: 'quantity' } });
});

test('a type has the fields of the type that its line names', () => {
  expect(fieldsOf('PodAntiAffinity')).toEqual(fieldsOf('PodAffinity'));
  expect([...fieldsOf('ResourceRequirements').keys()]).toEqual(['limits', 'requests', 'claims']);
});

test('every type of a field has a line of its own', () => {
  const names = POD_TEMPLATE.trim()
    .split('\n')
    .map((line) => line.split(/[ =]/, 1)[0] ?? '');
  const named = [...POD_TEMPLATE.matchAll(/:\[?([A-Z]\w+)/g)].map(([, name]) => name);
  expect(named.filter((name) => !names.includes(name ?? ''))).toEqual([]);
});

test('an unknown type has no fields', () => {
  expect([...fieldsOf('Nothing')]).toEqual([]);
});

test('the table is small', () => {
  expect(readFileSync(join(__dirname, '../../../..', FILE)).length).toBeLessThan(12 * 1024);
});
