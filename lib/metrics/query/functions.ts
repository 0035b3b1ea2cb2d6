/** What an expression is. */
export type ValueType = 'scalar' | 'vector' | 'range' | 'string';

/**
 * Functions by the types of their arguments; `?` for one that may be absent, `*` for any number of them.
 * prometheus/prometheus:promql/parser/functions.go, v3.16, with those behind a feature flag: a server may have them.
 */
const BY_ARGUMENTS: Readonly<Record<string, string>> = {
  '': 'end pi range start step time',
  scalar: 'vector',
  vector:
    'abs absent acos acosh asin asinh atan atanh ceil cos cosh deg exp floor histogram_avg histogram_count ' +
    'histogram_stddev histogram_stdvar histogram_sum ln log10 log2 rad scalar sgn sin sinh sort sort_desc sqrt ' +
    'start_timestamp tan tanh timestamp',
  'vector?': 'day_of_month day_of_week day_of_year days_in_month hour minute month year',
  'vector scalar': 'clamp_max clamp_min',
  'vector scalar?': 'round',
  'vector scalar scalar': 'clamp',
  'vector vector?': 'info',
  'vector string*': 'sort_by_label sort_by_label_desc',
  'vector string string string*': 'label_join',
  'vector string string string string': 'label_replace',
  'vector string scalar scalar*': 'histogram_quantiles',
  'scalar vector': 'histogram_quantile',
  'scalar scalar vector': 'histogram_fraction',
  range:
    'absent_over_time avg_over_time changes count_over_time delta deriv first_over_time idelta increase irate ' +
    'last_over_time mad_over_time max_over_time min_over_time present_over_time rate resets stddev_over_time ' +
    'stdvar_over_time sum_over_time ts_of_first_over_time ts_of_last_over_time ts_of_max_over_time ' +
    'ts_of_min_over_time',
  'range scalar': 'predict_linear',
  'range scalar scalar': 'double_exponential_smoothing',
  'scalar range': 'quantile_over_time',
};

const SCALARS = ['end', 'pi', 'range', 'scalar', 'start', 'step', 'time'];

/** An argument of a function. */
export interface Parameter {
  readonly type: ValueType;
  readonly times: 'once' | 'optional' | 'any';
}

export interface Signature {
  readonly parameters: readonly Parameter[];
  readonly returns: 'scalar' | 'vector';
}

function parameterOf(text: string): Parameter {
  const times = text.endsWith('?') ? 'optional' : text.endsWith('*') ? 'any' : 'once';
  return { type: text.replace(/\W/, '') as ValueType, times };
}

/** Every function of PromQL. */
export const FUNCTIONS: ReadonlyMap<string, Signature> = new Map(
  Object.entries(BY_ARGUMENTS).flatMap(([parameters, names]) =>
    names.split(' ').map((name): [string, Signature] => [
      name,
      {
        parameters: parameters.split(' ').filter(Boolean).map(parameterOf),
        returns: SCALARS.includes(name) ? 'scalar' : 'vector',
      },
    ]),
  ),
);

/** Aggregations, each with the type of its first argument if it has two. */
export const AGGREGATIONS: ReadonlyMap<string, ValueType | undefined> = new Map([
  ...['avg', 'count', 'group', 'max', 'min', 'stddev', 'stdvar', 'sum'].map((name) => [name, undefined] as const),
  ...['bottomk', 'limit_ratio', 'limitk', 'quantile', 'topk'].map((name) => [name, 'scalar'] as const),
  ['count_values', 'string'],
]);
