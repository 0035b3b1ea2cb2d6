import type { Section } from './section';

export const WATCHING = [
  {
    title: 'Objectives',
    docs: 'slo.md#what-each-one-measures',
    errors: {
      'objective-metric-missing': 'The pinned vLLM version does not expose the metric that the objective needs.',
      'objective-without-tokens':
        'The objective is about tokens, and the model generates none: vLLM would measure nothing of use.',
      'objective-twice': 'Two objectives promise the same.',
    },
  },
  {
    title: 'Latencies',
    docs: 'slo.md#which-latency-can-be-60-ms',
    errors: {
      'bound-without-bucket': 'No histogram bucket ends at the promised latency.',
    },
  },
  {
    title: 'Loose promises',
    docs: 'slo.md#loose-objectives',
    notices: {
      'burn-rate-capped': 'The objective allows so many bad events that burn-rate thresholds are lowered.',
    },
  },
  {
    title: 'Alerts of a stack',
    docs: 'observability.md#alerts',
    errors: {
      'alert-not-there': 'The stack does not have the alert that is tuned.',
      'alert-threshold': 'With this threshold the alert would always fire, or never.',
      'alert-without-threshold': 'The alert has no threshold.',
      'alerts-off': 'An option of alerts is set, but alerts are off.',
      'unknown-alert': 'No alert has this name.',
    },
  },
  {
    title: 'At the gateway',
    docs: 'observability.md#at-the-gateway',
    errors: {
      'gateway-not-counted': 'Something reads the requests at the gateway, but nothing is known about them.',
      'gateway-traffic-differs':
        'The requests that a stack counts at its gateway are not those that the routes send to it.',
    },
    warnings: {
      'gateway-traffic-of-pool': 'A stack counts its requests at Istio, and the routes send them to an InferencePool.',
      'gateway-traffic-shared': 'A stack counts the requests of a rule that has other targets too.',
    },
  },
  {
    title: 'Monitors',
    docs: 'observability.md#the-monitor',
    errors: {
      'monitor-tls-unused': 'monitor.tls is set, but the engine serves plain HTTP.',
      'scrape-interval-too-long': 'The scrape interval is too long for the rates of rules and dashboards.',
      'scrape-interval-too-short': 'The scrape interval is too short for the number of series.',
      'scrape-timeout': 'The scrape timeout is longer than the interval.',
    },
    warnings: {
      'monitor-shut-out': 'The NetworkPolicy does not let Prometheus scrape the pods.',
    },
    notices: {
      'monitor-elsewhere': 'You scrape the pods yourself, so the series must have the labels that rules select.',
      'monitor-unverified': 'Prometheus does not verify the certificate of the engine.',
    },
  },
  {
    title: 'Labels of series',
    docs: 'observability.md#labels-of-the-series',
    errors: {
      'label-collision': 'A pod label has the name of a label of the series of vLLM, which would be renamed.',
      'redundant-target-label': 'A listed pod label is one that every series already has.',
    },
  },
  {
    title: 'Selection by Prometheus',
    docs: 'observability.md#what-the-cluster-must-have',
    warnings: {
      'monitor-unselected': 'The label by which the Prometheus of kube-prometheus-stack selects objects is missing.',
    },
  },
  {
    title: 'Addresses of traces',
    docs: 'tracing.md#addresses',
    errors: {
      'otlp-path': 'The path of the address does not fit the protocol.',
      'otlp-port-missing': 'The address of a gRPC endpoint has no port, so port 443 would be used.',
    },
    warnings: {
      'otlp-port': 'The port of the address is that of the other protocol.',
    },
  },
  {
    title: 'Spans',
    docs: 'tracing.md#what-a-span-has',
    notices: {
      'detailed-traces': 'Detailed traces slow the engine down.',
    },
  },
  {
    title: 'Sampling',
    docs: 'tracing.md#sampling',
    warnings: {
      'sampled-twice': 'The engine drops traces that the tail sampling of the collector could have kept.',
    },
  },
  {
    title: "The stack's own collector",
    docs: 'tracing.md#a-collector-of-the-stacks-own',
    errors: {
      'collector-name-too-long': 'The name of the Service of the collector is longer than Kubernetes allows.',
      'header-twice': 'A header is set twice, with different upper and lower case.',
    },
  },
  {
    title: 'Headers of traces',
    docs: 'security.md#traces',
    warnings: {
      'secret-in-clear': 'Headers with secrets are sent to an address without TLS.',
    },
  },
] as const satisfies readonly Section[];
