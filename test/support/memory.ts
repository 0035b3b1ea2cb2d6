import type { GpuModel } from '../../lib';
import { Accelerator } from '../../lib';
import type { ServingProps } from '../../lib/stack/serving-props';
import { FindingSeverity } from '../../lib/preflight/finding';
import { idsOf, planOf } from './plan';

export const gpu = (model: GpuModel, count = 1) => ({ accelerator: Accelerator.gpu(model, count) });
export const noticesOf = (props: Partial<ServingProps>) =>
  planOf(props).findings.filter(({ id, severity }) => severity === FindingSeverity.NOTICE && id.startsWith('memory-'));
export const noticeIds = (props: Partial<ServingProps>) => noticesOf(props).map(({ id }) => id);
export const memoryIds = (props: Partial<ServingProps>) => idsOf(props).filter((id) => id.startsWith('memory-'));

/** Alternatives that fit, as an error lists them. */
export const suggestionsOf = (props: Partial<ServingProps>) =>
  planOf(props)
    .findings.flatMap(({ details = [] }) => details)
    .filter((line) => line.startsWith('fits: '))
    .map((line) => line.slice('fits: '.length));
