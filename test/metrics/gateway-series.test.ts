import { gatewaySeries } from '../../lib/metrics/gateway-series';
import { exposedSeries, found } from '../support/exposed-series';
import { AT_ENVOY_GATEWAY } from '../support/gateways';

/** Of Envoy 1.40.0 behind Envoy Gateway v1.9.1, for the HTTPRoute `chat` in the namespace `llm`. */
const ENVOY = exposedSeries(`
envoy_cluster_external_upstream_rq_xx{envoy_response_code_class="2",envoy_cluster_name="httproute/llm/chat/rule/0"} 21
envoy_cluster_upstream_rq_total{envoy_cluster_name="httproute/llm/chat/rule/0"} 56
envoy_cluster_upstream_rq_total{envoy_cluster_name="httproute/llm/chat/rule/1"} 240
envoy_cluster_upstream_rq_total{envoy_cluster_name="httproute/llm/chat/rule/10/backend/0"} 17
envoy_cluster_upstream_rq_total{envoy_cluster_name="xds_cluster"} 1
envoy_cluster_upstream_rq_xx{envoy_response_code_class="2",envoy_cluster_name="httproute/llm/chat/rule/0"} 21
envoy_cluster_upstream_rq_xx{envoy_response_code_class="4",envoy_cluster_name="httproute/llm/chat/rule/0"} 20
envoy_cluster_upstream_rq_xx{envoy_response_code_class="5",envoy_cluster_name="httproute/llm/chat/rule/0"} 15
envoy_cluster_upstream_rq_xx{envoy_response_code_class="5",envoy_cluster_name="httproute/llm/chat/rule/7"} 3
envoy_cluster_upstream_rq_xx{envoy_response_code_class="2",envoy_cluster_name="httproute/llm/chat/rule/9/backend/0"} 22
envoy_cluster_upstream_rq_xx{envoy_response_code_class="2",envoy_cluster_name="httproute/llm/chat/rule/9/backend/1"} 18
envoy_cluster_upstream_rq_xx{envoy_response_code_class="2",envoy_cluster_name="xds_cluster"} 1
envoy_http_downstream_rq_xx{envoy_response_code_class="5",envoy_http_conn_manager_prefix="admin"} 2
envoy_http_downstream_rq_xx{envoy_response_code_class="5",envoy_http_conn_manager_prefix="eg-ready-http"} 0
envoy_http_downstream_rq_xx{envoy_response_code_class="4",envoy_http_conn_manager_prefix="http-10080"} 50
envoy_http_downstream_rq_xx{envoy_response_code_class="5",envoy_http_conn_manager_prefix="http-10080"} 120
envoy_http_downstream_rq_total{envoy_http_conn_manager_prefix="admin"} 37
envoy_http_downstream_rq_total{envoy_http_conn_manager_prefix="http-10080"} 589
envoy_cluster_upstream_rq_time_bucket{envoy_cluster_name="httproute/llm/chat/rule/0",le="500"} 51
envoy_cluster_upstream_rq_time_bucket{envoy_cluster_name="httproute/llm/chat/rule/1",le="500"} 240
`);

const seriesOf = (rules: string) => gatewaySeries({ ...AT_ENVOY_GATEWAY, rules, proxies: {} }, 'llm');
const values = (selector: string): number[] => [...found(selector, ENVOY).values()];

describe('what Envoy exposes is found', () => {
  it('for one rule: requests, answers, failures and durations', () => {
    const { arrived, answered, failed, duration } = seriesOf('chat/rule/0');
    expect(values(arrived)).toEqual([56]);
    expect(values(answered)).toEqual([21, 20, 15]);
    expect(values(failed)).toEqual([15]);
    expect(values(duration('_bucket'))).toEqual([51]);
  });

  it('for rules whose backends are clusters of their own, and not for rules whose number begins alike', () => {
    expect(values(seriesOf('chat/rule/9').answered)).toEqual([22, 18]);
    expect(values(seriesOf('chat/rule/1').arrived)).toEqual([240]);
  });

  it('for all rules of a route', () => {
    expect(values(seriesOf('chat/rule/[0-9]+').arrived)).toEqual([56, 240, 17]);
  });

  it('for the listeners of the Gateway, without the pages of the proxy itself', () => {
    const { own, presence } = seriesOf('chat/rule/0');
    expect(own && values(own.all)).toEqual([120]);
    expect(own && values(own.routed)).toEqual([15, 3]);
    expect(values(presence)).toEqual([589]);
  });
});
