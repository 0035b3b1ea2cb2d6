import type { Duration } from 'cdk8s';
import type { Shape } from '../../private/shape';
import { isInstance, shape } from '../../private/shape';

const isDuration = (value: unknown): value is Duration => isInstance(value, 'Duration');

/** A Duration without a part of a second, which neither vLLM nor Kubernetes has; `example` shows how to make one. */
export function wholeSeconds(example: string, longest = Infinity): Shape {
  const most = longest === Infinity ? '' : ` of at most ${longest} s`;
  const fits = (milliseconds: number) => milliseconds % 1000 === 0 && milliseconds <= longest * 1000;
  return shape(
    `a Duration of whole seconds${most}, for example ${example}`,
    (value) => isDuration(value) && fits(value.toMilliseconds()),
  );
}
