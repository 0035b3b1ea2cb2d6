import type { HttpRouteSpecRulesFilters } from '../../../imports/gateway.networking.k8s.io';
import type { ObjectMeta } from '../../emit/object-meta';
import { objectMetadata } from '../../emit/object-meta';
import type { RoutesPlan } from '../routes-plan';

/** The kind with which a gateway answers a request itself. */
const ANSWERS = {
  // envoyproxy/gateway api/v1alpha1/httproutefilter_types.go
  envoyGateway: { group: 'gateway.envoyproxy.io', kind: 'HTTPRouteFilter' },
  // kgateway-dev/kgateway api/v1alpha1/kgateway/direct_response_types.go
  kgateway: { group: 'gateway.kgateway.dev', kind: 'DirectResponse' },
} as const;

const answerOf = ({ gateway }: RoutesPlan) => (gateway.kind === 'kgateway' ? ANSWERS.kgateway : ANSWERS.envoyGateway);

const nameOf = ({ name }: RoutesPlan): string => `${name}-models`;

/** The filter of the rule for `GET /v1/models`. */
export function modelListFilter(plan: RoutesPlan): HttpRouteSpecRulesFilters {
  const { group, kind } = answerOf(plan);
  return { type: 'ExtensionRef', extensionRef: { group, kind, name: nameOf(plan) } } as HttpRouteSpecRulesFilters;
}

/** The names of all models in the form of OpenAI's API, as vLLM answers it (vllm/entrypoints/openai/models). */
function modelListJson({ models }: RoutesPlan): string {
  const data = models.map((id) => ({ id, object: 'model', created: 0, owned_by: 'vllm' }));
  return JSON.stringify({ object: 'list', data });
}

/** The answer itself. Envoy reads `%` as the begin of an operator, which a doubled one is not. */
export function modelList(plan: RoutesPlan, meta: ObjectMeta): object {
  const { group, kind } = answerOf(plan);
  const metadata = objectMetadata(nameOf(plan), meta);
  const json = modelListJson(plan);
  const spec =
    kind === 'DirectResponse'
      ? { status: 200, body: json }
      : {
          directResponse: {
            contentType: 'application/json',
            statusCode: 200,
            body: { type: 'Inline', inline: json.replaceAll('%', '%%') },
          },
        };
  return { apiVersion: `${group}/v1alpha1`, kind, metadata, spec };
}
