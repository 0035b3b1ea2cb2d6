import type { Scenario } from './objective-scenarios';
import { silent } from './objective-scenarios';
import type { Phase } from './phases';
import { counts, holds, SCRAPE } from './phases';
import type { Series } from './series';

const PROXY = 'namespace="envoy-gateway-system",pod="envoy-a",gateway_envoyproxy_io_owning_gateway_name="public"';
const LISTENER = `${PROXY},envoy_http_conn_manager_prefix="http-10080"`;

const ofCluster = (cluster: string, status: number, phases: readonly Phase[], proxy = PROXY): Series =>
  counts(
    `envoy_cluster_upstream_rq_xx{${proxy},envoy_cluster_name="${cluster}",envoy_response_code_class="${status}"}`,
    phases,
  );
/** Answers by class, of a rule of the stack. */
const routed = (status: number, phases: readonly Phase[], rule = '0'): Series =>
  ofCluster(`httproute/llm/chat/rule/${rule}`, status, phases);
/** Answers of a listener: all requests, and 5xx, whether a pod gave them or not. */
const listener = (all: readonly Phase[], failed: readonly Phase[], labels = LISTENER): Series[] => [
  counts(`envoy_http_downstream_rq_total{${labels}}`, all),
  counts(`envoy_http_downstream_rq_xx{${labels},envoy_response_code_class="5"}`, failed),
];
const available = (phases: readonly Phase[]): Series =>
  holds('kube_deployment_status_replicas_available{namespace="llm",deployment="vllm"}', phases);

const HOUR = 60;
/** The series of one rate, from the middle of the hour on as those of a process that has just started. */
const restarted = ([selector, values]: Series): Series => {
  const [, step = 0] = /\+(\d+)x/.exec(values) ?? [];
  const half = (HOUR * 30) / SCRAPE;
  return [selector, `1000 ${1000 + Number(step)}+${step}x${half - 1} ${step}+${step}x${half - 1}`];
};
/** The series of one rate, after 40 minutes without any sample. */
const late = ([selector, values]: Series): Series => [selector, `_x${(HOUR * 40) / SCRAPE} ${values}`];
const serving = available([[HOUR, 1]]);
const absent = available([[HOUR, 0]]);
const burning = { minutes: HOUR, page: true, ticket: true };
const quiet = { minutes: HOUR, ...silent };

/** For a promise of less than half a percent, of rules 0 and 1 of the route `chat`. */
export const AT_ENVOY: readonly Scenario[] = [
  {
    title: 'never an error',
    series: [routed(2, [[HOUR, 10]]), ...listener([[HOUR, 10]], [[HOUR, 0]]), serving],
    ratios: { '5m': 0, '1h': 0, '30d': 0 },
    ...quiet,
  },
  {
    title: '5xx from pods',
    series: [routed(2, [[HOUR, 9]]), routed(5, [[HOUR, 1]]), ...listener([[HOUR, 10]], [[HOUR, 1]]), serving],
    ratios: { '5m': 0.1, '1h': 0.1 },
    ...burning,
  },
  {
    title: 'requests without an endpoint while no replica is available, which no cluster counts',
    series: [...listener([[HOUR, 10]], [[HOUR, 10]]), absent],
    ratios: { '5m': 1, '1h': 1 },
    ...burning,
  },
  {
    title: 'an outage of ten minutes, with all its requests until the last one',
    series: [
      routed(2, [
        [30, 10],
        [10, undefined],
        [20, 10],
      ]),
      ...listener(
        [[HOUR, 10]],
        [
          [30, 0],
          [10, 10],
          [20, 0],
        ],
      ),
      available([
        [30, 1],
        [10, 0],
        [20, 1],
      ]),
    ],
    // 10 of 60 minutes, and the first 5 minutes of a replica.
    ratios: { '5m': 0, '1h': 0.172 },
    ...burning,
  },
  {
    title: 'own answers of the gateway for other stacks while this one serves',
    series: [routed(2, [[HOUR, 10]]), ...listener([[HOUR, 20]], [[HOUR, 10]]), serving],
    ratios: { '5m': 0, '1h': 0 },
    ...quiet,
  },
  {
    title: 'failures of the pods of another route while this stack has no replica',
    series: [ofCluster('httproute/llm/other/rule/0', 5, [[HOUR, 10]]), ...listener([[HOUR, 10]], [[HOUR, 10]]), absent],
    ratios: { '5m': undefined, '1h': undefined },
    ...quiet,
  },
  {
    title: 'own answers of another Gateway while this stack has no replica',
    series: [
      ...listener([[HOUR, 0]], [[HOUR, 0]]),
      ...listener([[HOUR, 10]], [[HOUR, 10]], LISTENER.replace('public', 'internal')),
      absent,
    ],
    ratios: { '5m': undefined },
    ...quiet,
  },
  {
    title: 'the pages of the proxy itself, which are no listener',
    series: [
      ...listener([[HOUR, 0]], [[HOUR, 0]]),
      ...listener([[HOUR, 10]], [[HOUR, 10]], LISTENER.replace('http-10080', 'eg-ready-http')),
      absent,
    ],
    ratios: { '5m': undefined },
    ...quiet,
  },
  {
    title: 'TLS, two proxies, and rules whose backends are clusters of their own',
    series: [
      routed(2, [[HOUR, 4]], '0/backend/0'),
      routed(2, [[HOUR, 4]], '1'),
      ofCluster('httproute/llm/chat/rule/1/backend/1', 5, [[HOUR, 2]], PROXY.replace('envoy-a', 'envoy-b')),
      ...listener([[HOUR, 8]], [[HOUR, 0]], LISTENER.replace('http-10080', 'https-10443')),
      ...listener([[HOUR, 2]], [[HOUR, 2]], LISTENER.replace('envoy-a', 'envoy-b')),
      serving,
    ],
    ratios: { '5m': 0.2 },
    ...burning,
  },
  {
    title: 'rules of the route that are for others, and a route whose name begins like this one',
    series: [
      routed(2, [[HOUR, 10]]),
      routed(5, [[HOUR, 10]], '2'),
      routed(5, [[HOUR, 10]], '10'),
      ofCluster('httproute/llm/chat-b/rule/0', 5, [[HOUR, 10]]),
      ofCluster('httproute/other/chat/rule/0', 5, [[HOUR, 10]]),
      ...listener([[HOUR, 50]], [[HOUR, 40]]),
      serving,
    ],
    ratios: { '5m': 0 },
    ...quiet,
  },
  {
    title: 'an idle gateway',
    series: [routed(2, [[HOUR, 0]]), ...listener([[HOUR, 0]], [[HOUR, 0]]), serving],
    ratios: { '5m': undefined, '30d': undefined },
    ...quiet,
  },
  {
    title: 'a gateway without any request yet, and without series of the route',
    series: [...listener([[HOUR, 0]], [[HOUR, 0]]), serving],
    ratios: { '5m': undefined },
    ...quiet,
  },
  {
    title: 'a gateway that is no longer scraped',
    series: [
      routed(2, [
        [HOUR, 10],
        [30, undefined],
      ]),
      ...listener(
        [
          [HOUR, 10],
          [30, undefined],
        ],
        [
          [HOUR, 0],
          [30, undefined],
        ],
      ),
      available([[90, 1]]),
    ],
    minutes: 90,
    ratios: { '5m': undefined, '1h': 0 },
    ...silent,
  },
  {
    title: 'no gateway at all',
    series: [absent],
    ratios: { '5m': undefined, '30d': undefined },
    ...quiet,
  },
  {
    title: '5xx from pods without kube-state-metrics',
    series: [routed(2, [[HOUR, 8]]), routed(5, [[HOUR, 2]]), ...listener([[HOUR, 10]], [[HOUR, 2]])],
    ratios: { '5m': 0.2 },
    ...burning,
  },
];

/** The same, of a Gateway that serves no other stack. */
export const AT_OWN_ENVOY: readonly Scenario[] = [
  {
    title: 'a backend that does not exist, while replicas are available',
    series: [routed(2, [[HOUR, 9]]), ...listener([[HOUR, 10]], [[HOUR, 1]]), serving],
    ratios: { '5m': 0.1 },
    ...burning,
  },
  {
    title: 'requests without an endpoint, without kube-state-metrics',
    series: listener([[HOUR, 10]], [[HOUR, 10]]),
    ratios: { '5m': 1 },
    ...burning,
  },
  {
    title: 'a proxy that restarts in the middle of the hour: its counters begin again',
    series: [
      restarted(routed(2, [[HOUR, 9]])),
      restarted(routed(5, [[HOUR, 1]])),
      ...listener([[HOUR, 10]], [[HOUR, 1]]).map(restarted),
      serving,
    ],
    ratios: { '5m': 0.1, '1h': 0.1 },
    ...burning,
  },
  {
    title: 'a series of 5xx that does not exist before the first one',
    series: [
      routed(2, [[HOUR, 9]]),
      late(routed(5, [[HOUR / 3, 1]])),
      ...listener(
        [[HOUR, 10]],
        [
          [(2 * HOUR) / 3, 0],
          [HOUR / 3, 1],
        ],
      ),
      serving,
    ],
    ratios: { '5m': 0.1, '1h': 0.034 },
    ...burning,
  },
  {
    title: '5xx from pods, counted once',
    series: [routed(2, [[HOUR, 9]]), routed(5, [[HOUR, 1]]), ...listener([[HOUR, 10]], [[HOUR, 1]]), serving],
    ratios: { '5m': 0.1 },
    ...burning,
  },
  {
    title: 'an idle gateway',
    series: [...listener([[HOUR, 0]], [[HOUR, 0]]), serving],
    ratios: { '5m': undefined },
    ...quiet,
  },
];

const GATEWAY = 'namespace="llm",pod="public-istio-a"';
const build = counts(`istio_build{${GATEWAY},component="proxy",tag="1.31.0"}`, [[HOUR, 0]]);
const istio = (
  code: string,
  phases: readonly Phase[],
  flags = '-',
  service = 'vllm-svc',
  reporter = 'source',
): Series =>
  counts(
    `istio_requests_total{${GATEWAY},reporter="${reporter}",destination_service_name="${service}",destination_service_namespace="llm",response_code="${code}",response_flags="${flags}"}`,
    phases,
  );

/** For the same promise, of the Service `vllm-svc`. */
export const AT_ISTIO: readonly Scenario[] = [
  {
    title: 'never an error',
    series: [build, istio('200', [[HOUR, 10]])],
    ratios: { '5m': 0, '30d': 0 },
    ...quiet,
  },
  {
    title: '5xx from pods',
    series: [build, istio('200', [[HOUR, 9]]), istio('500', [[HOUR, 1]], 'via_upstream')],
    ratios: { '5m': 0.1 },
    ...burning,
  },
  {
    title: 'requests without an endpoint',
    series: [build, istio('503', [[HOUR, 10]], 'UH')],
    ratios: { '5m': 1 },
    ...burning,
  },
  {
    title: 'clients that went away, errors of clients, another Service, and the view of a pod',
    series: [
      build,
      istio('200', [[HOUR, 1]]),
      istio('404', [[HOUR, 9]]),
      istio('0', [[HOUR, 9]], 'DC'),
      istio('503', [[HOUR, 9]], 'UH', 'other-svc'),
      istio('503', [[HOUR, 9]], '-', 'vllm-svc', 'destination'),
    ],
    ratios: { '5m': 0 },
    ...quiet,
  },
  { title: 'an idle gateway', series: [build], ratios: { '5m': undefined }, ...quiet },
  { title: 'no gateway at all', series: [], ratios: { '5m': undefined }, ...quiet },
];
