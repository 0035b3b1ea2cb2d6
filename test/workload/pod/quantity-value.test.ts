import { quantityValue } from '../../../lib/workload/pod/quantity-value';

it.each<[quantity: unknown, value: number]>([
  [2, 2],
  ['2', 2],
  ['2.', 2],
  ['.5', 0.5],
  ['1000m', 1],
  ['100m', 0.1],
  ['1100m', 1.1],
  ['+250u', 0.00025],
  ['5n', 5e-9],
  ['1Gi', 1073741824],
  ['1024Mi', 1073741824],
  ['1048576Ki', 1073741824],
  ['0.5Gi', 536870912],
  ['128M', 128e6],
  ['1e3', 1000],
  ['1E3', 1000],
  ['1E', 1e18],
])('%j is %d', (quantity, value) => {
  expect(quantityValue(quantity)).toBe(value);
});

it.each([undefined, null, '', 'Gi', '1 Gi', '1gi', '1KI', '1.2.3', 'abc', {}, [], NaN, '0x10', 'Infinity'])(
  '%p is not a quantity',
  (quantity) => {
    expect(quantityValue(quantity)).toBeUndefined();
  },
);
