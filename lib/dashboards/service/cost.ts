import { COST_RECORDS } from '../../metrics/gpu-records';
import type { Row } from '../grafana/layout';
import { timeseries } from '../grafana/timeseries';
import { UNIT } from '../grafana/units';
import { stat } from '../grafana/values';
import { ratio, sum, sumRate } from '../panel-queries';
import type { ServiceScope } from './scope';

/** What the stack costs, and the tokens that it gives for that; undefined without a price. */
export function costRow(scope: ServiceScope): Row | undefined {
  const { dollarsPerDeviceHour: price } = scope.watched;
  if (price === undefined) return undefined;
  const of = (record: keyof typeof COST_RECORDS) => sum(scope.whole(COST_RECORDS[record]));
  const panels = [
    stat({
      title: 'Cost per hour',
      about: `Cost of the devices of running pods, at ${price} dollars per device and hour, also while they load. Compare it with the idle cost before you look for a cheaper GPU.`,
      unit: UNIT.dollars,
      width: 6,
      queries: [{ expr: of('dollarsPerHour'), legend: 'per hour' }],
    }),
    stat({
      title: 'Devices',
      about: 'GPUs, slices or shares that running pods hold. Twice as many during a rollout is normal.',
      unit: UNIT.count,
      width: 6,
      queries: [{ expr: of('devices'), legend: 'devices' }],
    }),
    stat({
      title: 'Idle cost per hour',
      about:
        'Cost of replicas that had no work for 15 minutes. If it is more than a reserve is worth, lower minReplicas or the warm pool, or scale to zero.',
      unit: UNIT.dollars,
      width: 6,
      queries: [{ expr: of('idleDollarsPerHour'), legend: 'idle' }],
    }),
  ];
  const tokensPerDollar = scope.with(['promptTokens', 'generationTokens'], (prompt, generated) => [
    stat({
      title: 'Tokens per dollar',
      about:
        'Prompt and generated tokens for one dollar, now. If it is low with little load, capacity is idle. If it is low under load, batches could be larger.',
      unit: UNIT.tokensPerDollar,
      width: 6,
      queries: [
        { expr: ratio(`3600 * (${sumRate(prompt)} + ${sumRate(generated)})`, of('dollarsPerHour')), legend: 'tokens' },
      ],
    }),
  ]);
  const curves = timeseries({
    title: 'Cost per 1,000 tokens',
    about: scope.hasTokens
      ? 'Cost of 1,000 generated tokens, and of 1,000 tokens of prompts and answers together, over the last hour. It rises when replicas are idle: scale down sooner, or batch more per replica.'
      : 'Cost of 1,000 tokens of inputs, over the last hour. It rises when replicas are idle: scale down sooner, or batch more per replica.',
    unit: UNIT.dollars,
    width: 24,
    queries: [
      ...(scope.hasTokens ? [{ expr: of('per1kOutputTokens'), legend: 'generated' }] : []),
      { expr: of('per1kTokens'), legend: 'all' },
    ],
  });
  return { title: 'Cost', collapsed: true, panels: [...panels, ...tokensPerDollar, curves] };
}
