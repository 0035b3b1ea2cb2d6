import type { Section } from './section';

export const ROUTING = [
  {
    title: 'The order of routes',
    docs: 'routing.md#the-order-of-routes',
    errors: {
      'route-order': 'A gateway prefers a route that is later in the list for requests that fit an earlier one too.',
      'route-tie': 'Two routes fit the same requests, and the age of their objects would decide.',
      'route-unreachable': 'An earlier route, or the list of all models, receives every request of this one.',
    },
    warnings: {
      'route-hostname-gap': 'Routes of a hostname hide those of a wildcard or of every hostname.',
    },
  },
  {
    title: 'Targets of routes',
    docs: 'routing.md#targets',
    errors: {
      'route-names-differ': 'The stacks of one route serve different model names.',
      'route-namespace-unset': 'Routes, a target or the Gateway are in two namespaces, and one of them is unset.',
      'route-no-grant': 'A Service in another namespace needs a ReferenceGrant, which the library does not create.',
      'route-reaches-nothing': 'A route has no target, or only targets of weight 0.',
      'route-target-twice': 'A route has the same target twice.',
      'route-weight': 'The weights of a route are incomplete, or a rollout owns them.',
    },
    warnings: {
      'route-keys-differ': 'The stacks of one route need API keys of different Secrets.',
      'route-backend-tls': 'The engine serves TLS, and a gateway connects in the clear without a BackendTLSPolicy.',
    },
    notices: {
      'route-cold-target': 'A stack of a route scales to zero, and requests get 503 until a replica has started.',
    },
  },
  {
    title: 'Classes of requests',
    docs: 'routing.md#classes-of-requests',
    errors: {
      'route-header-twice': 'A route has one header twice.',
      'route-model-not-served': 'A route by model has a name that its stack does not serve.',
    },
    warnings: {
      'route-content-length': 'The size of a body is a rough estimate of the length of a prompt.',
      'route-long-default':
        'Requests without a length, or long ones, reach a stack with a shorter context than another one has.',
      'route-prefix-version': 'A path prefix ends in /v1, with which the paths of the API begin.',
      'route-region-unplaced': 'The stack of a route by region is not bound to the nodes of that region.',
      'route-tier-header': 'A tier is a header that any client can send.',
    },
    notices: {
      'route-length-open': 'A route is for short prompts, and requests without a length get 404.',
    },
  },
  {
    title: 'Exposed paths',
    docs: 'routing.md#exposed-paths',
    errors: {
      'route-path-unknown': 'The pinned vLLM version has no such path.',
      'route-without-paths': 'The stacks of a route have no path in common.',
    },
    warnings: {
      'route-path-unanswered': 'The stack answers this path only with another task, flag or variable.',
      'route-unguarded': 'No API key guards an exposed path.',
    },
    notices: {
      'route-models-partial': 'A list of models without a model header names the models of one stack only.',
      'route-without-key': 'A stack behind a route needs no API key.',
    },
  },
  {
    title: 'Limits of an HTTPRoute',
    docs: 'routing.md#limits',
    errors: {
      'route-name-clash': 'Two objects of the routes would have one name.',
      'route-too-large': 'An HTTPRoute has more rules, matches or headers than the Gateway API allows.',
    },
  },
  {
    title: 'Gateways',
    docs: 'routing.md#gateways',
    errors: {
      'gateway-unsupported': 'The gateway does not support what a route needs.',
      'route-entry': 'Routes need either a gateway or an Ingress.',
    },
    warnings: {
      'gateway-class': 'The GatewayClass is not one of the implementation that is set.',
      'gateway-clear-text': 'The Gateway has no TLS, so API keys cross the network in the clear.',
      'gateway-picker-shut-out': 'The NetworkPolicy of an endpoint picker does not let the proxies of the gateway in.',
      'gateway-shut-out': 'The NetworkPolicy of a stack does not let the proxies of the gateway in.',
    },
    notices: {
      'gateway-allowed-routes': 'The listener of a Gateway in another namespace must allow the routes.',
      'gateway-outside-limits': 'Limits in front of the cluster that no manifest sets.',
    },
  },
  {
    title: 'Ingress',
    docs: 'ingress.md#what-is-refused',
    errors: {
      'ingress-needs-host': 'The controller, or the certificate, needs hostnames.',
      'ingress-unsupported': 'An Ingress does not support what a route needs.',
    },
    warnings: {
      'ingress-annotation-replaced': 'An annotation of the user replaces one that the library sets.',
      'ingress-clear-text': 'The Ingress has no TLS, so API keys cross the network in the clear.',
      'ingress-limits-unset': 'The controller is not known to the library, so its limits for streams are not set.',
      'ingress-nginx-retired': 'ingress-nginx gets no security fixes since March 2026.',
      'ingress-rules-quota': 'The Ingress needs more rules than a load balancer of AWS has by default.',
    },
    notices: {
      'ingress-limits': 'What the annotations of the Ingress limit, and what they do not.',
      'ingress-wildcard': 'A wildcard of an Ingress stands for one label.',
    },
  },
] as const satisfies readonly Section[];
