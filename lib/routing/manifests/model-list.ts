import type { HttpRouteSpecRulesFilters } from '../../../imports/gateway.networking.k8s.io';
import type { ObjectMeta } from '../../emit/object-meta';
import { objectMetadata } from '../../emit/object-meta';
import type { RoutesPlan } from '../routes-plan';

/** The kind with which Envoy Gateway answers a request itself (envoyproxy/gateway api/v1alpha1/httproutefilter_types.go). */
const GROUP = 'gateway.envoyproxy.io';
const KIND = 'HTTPRouteFilter';

const nameOf = ({ name }: RoutesPlan): string => `${name}-models`;

/** The filter of the rule for `GET /v1/models`. */
export function modelListFilter(plan: RoutesPlan): HttpRouteSpecRulesFilters {
  const extensionRef = { group: GROUP, kind: KIND, name: nameOf(plan) };
  return { type: 'ExtensionRef', extensionRef } as HttpRouteSpecRulesFilters;
}

/** The names of all models in the form of OpenAI's API, as vLLM answers it (vllm/entrypoints/openai/models). */
function modelListJson({ models }: RoutesPlan): string {
  const data = models.map((id) => ({ id, object: 'model', created: 0, owned_by: 'vllm' }));
  return JSON.stringify({ object: 'list', data });
}

/** The answer itself. Envoy reads `%` as the start of an operator, and `%%` as a percent sign. */
export function modelList(plan: RoutesPlan, meta: ObjectMeta): object {
  return {
    apiVersion: `${GROUP}/v1alpha1`,
    kind: KIND,
    metadata: objectMetadata(nameOf(plan), meta),
    spec: {
      directResponse: {
        contentType: 'application/json',
        statusCode: 200,
        body: { type: 'Inline', inline: modelListJson(plan).replaceAll('%', '%%') },
      },
    },
  };
}
