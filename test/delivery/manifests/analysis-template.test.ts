import { Duration } from 'cdk8s';
import { Objective, PrometheusAuthentication, PrometheusServer, SecretKey } from '../../../lib';
import type { Props } from '../../support/rollout';
import { metricsOf, withBlueGreen, withCanary } from '../../support/rollout';
import type { Manifest } from '../../support/stack';
import { manifestsWith } from '../../support/stack';

const templatesOf = (props: Props): Manifest[] =>
  manifestsWith(props).filter(({ kind }) => kind === 'AnalysisTemplate');

const at = (authentication?: PrometheusAuthentication): Props =>
  withCanary({ prometheus: PrometheusServer.at('https://mimir.corp.io/prometheus', { authentication }) });

const AMAZON = 'https://aps-workspaces.us-east-1.amazonaws.com/workspaces/ws-0a';
const ROLE = 'arn:aws:iam::111122223333:role/query';

describe('the analysis templates', () => {
  test.each<[what: string, authentication: PrometheusAuthentication, sigv4: object]>([
    ['its own role', PrometheusAuthentication.awsPodIdentity(), { region: 'us-east-1' }],
    [
      'another role',
      PrometheusAuthentication.awsPodIdentity({ roleArn: ROLE }),
      { region: 'us-east-1', roleArn: ROLE },
    ],
  ])('sign the queries to Amazon’s service with %s', (_, authentication, sigv4) => {
    const prometheus = PrometheusServer.at(AMAZON, { authentication });
    for (const { provider } of Object.values(metricsOf(withCanary({ prometheus })))) {
      expect(provider.prometheus.authentication).toEqual({ sigv4 });
      expect(provider.prometheus).not.toHaveProperty('headers');
    }
  });

  it('of a canary are its guards and its faults', () => {
    const templates = templatesOf(withCanary());
    expect(templates.map(({ apiVersion, metadata }) => [apiVersion, metadata.namespace, metadata.name])).toEqual([
      ['argoproj.io/v1alpha1', 'llm', 'vllm-guards'],
      ['argoproj.io/v1alpha1', 'llm', 'vllm-faults'],
    ]);
  });

  it('of blue-green are its guards', () => {
    expect(templatesOf(withBlueGreen()).map(({ metadata }) => metadata.name)).toEqual(['vllm-guards']);
  });

  it('measure a guard a number of times after a delay', () => {
    const { provider, successCondition, failureCondition, ...timing } = metricsOf(withCanary())['error-rate'];
    expect([provider, successCondition, failureCondition].includes(undefined)).toBe(false);
    expect(timing).toEqual({
      name: 'error-rate',
      initialDelay: '375s',
      interval: '60s',
      count: 10,
      consecutiveSuccessLimit: 3,
      failureLimit: 1,
      inconclusiveLimit: 10,
      consecutiveErrorLimit: 30,
    });
  });

  it('look for a fault without an end', () => {
    const faults = metricsOf(withCanary(), 'vllm-faults');
    expect(Object.keys(faults)).toEqual(['failed-requests', 'restarts']);
    for (const { initialDelay, interval, count, failureLimit } of Object.values(faults)) {
      expect([initialDelay, interval, count, failureLimit]).toEqual(['60s', '30s', undefined, 0]);
    }
  });

  it('ask Prometheus at its address, without headers', () => {
    expect(metricsOf(at())['error-rate'].provider.prometheus).toEqual({
      address: 'https://mimir.corp.io/prometheus',
      query: expect.stringContaining('sum(rate('),
      timeout: 30,
    });
  });

  test.each<[what: string, authentication: PrometheusAuthentication, headers: object[], args: object[]]>([
    [
      'a token',
      PrometheusAuthentication.bearer(SecretKey.of('mimir', 'token')),
      [{ key: 'Authorization', value: 'Bearer {{args.token}}' }],
      [{ name: 'token', valueFrom: { secretKeyRef: { name: 'mimir', key: 'token' } } }],
    ],
    [
      'a header',
      PrometheusAuthentication.header(SecretKey.of('mimir', 'name'), SecretKey.of('mimir', 'value')),
      [{ key: '{{args.headerName}}', value: '{{args.headerValue}}' }],
      [
        { name: 'headerName', valueFrom: { secretKeyRef: { name: 'mimir', key: 'name' } } },
        { name: 'headerValue', valueFrom: { secretKeyRef: { name: 'mimir', key: 'value' } } },
      ],
    ],
  ])('send %s from a Secret', (_what, authentication, headers, args) => {
    for (const { spec } of templatesOf(at(authentication))) {
      expect(spec.args).toEqual([{ name: 'canary' }, ...args]);
      for (const { provider } of spec.metrics) expect(provider.prometheus.headers).toEqual(headers);
    }
  });

  it('have exactly the arguments that their queries name', () => {
    const objectives = [Objective.endToEnd({ percentile: 90, within: Duration.seconds(30) })];
    const compared = withCanary({ compareWithStable: { maxLatencyRatio: 1.2 } }, { objectives });
    for (const { metadata, spec } of templatesOf(compared)) {
      const named = JSON.stringify(spec.metrics)
        .match(/\{\{args\.\w+/g)
        ?.map((each) => each.slice('{{args.'.length));
      expect({ name: metadata.name, args: spec.args }).toEqual({
        name: metadata.name,
        args: [...new Set(named)].map((name) => ({ name })),
      });
    }
  });

  it('have the labels and annotations of every object', () => {
    const templates = templatesOf(withCanary({}, { labels: { team: 'search' }, annotations: { owner: 'ml' } }));
    for (const { metadata } of templates) {
      expect(metadata).toMatchObject({ labels: { app: 'vllm', team: 'search' }, annotations: { owner: 'ml' } });
    }
  });
});
