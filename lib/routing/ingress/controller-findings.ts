import { ROUTING } from '../../defaults';
import type { Finding } from '../../preflight/finding';
import { error, notice, warning } from '../../preflight/finding';
import { gapOf } from '../gateway/gap';
import type { IngressPlan } from './ingress-plan';

/** A controller without security fixes. */
function retired({ prefix, ingress }: IngressPlan): Finding[] {
  if (ingress.kind !== 'ingressNginx') return [];
  // kubernetes/ingress-nginx README.md.
  const problem = 'is ingress-nginx, which gets no releases and no security fixes since March 2026';
  const fix = 'use a gateway, or ModelIngress.nginx, contour or awsLoadBalancer; acknowledge this until then';
  return [warning('ingress-nginx-retired', `${prefix}ingress`, problem, fix)];
}

/** A certificate is chosen by hostname, and F5's controller ignores an Ingress without one. */
function hosts({ prefix, ingress, facts, hosts: all }: IngressPlan): Finding[] {
  if (all.every(({ host }) => host !== undefined)) return [];
  const fix = 'set hostnames';
  const subject = `${prefix}hostnames`;
  if (facts.needsHosts) {
    const problem = `are unset for a route, and ${facts.title} ignores an Ingress without a host`;
    return [error('ingress-needs-host', subject, problem, fix)];
  }
  if (ingress.tls === undefined || 'certificateArns' in ingress.tls) return [];
  const problem = 'are unset for a route, and the certificate of an Ingress is chosen by hostname';
  return [error('ingress-needs-host', subject, problem, fix)];
}

function wildcards({ prefix, hosts: all }: IngressPlan): Finding[] {
  return all.flatMap(({ host }) => {
    if (!host?.startsWith('*.')) return [];
    const domain = host.slice(2);
    const problem = `have "${host}", which is one label on an Ingress: a.${domain}, and neither a.b.${domain} nor ${domain}`;
    return [notice('ingress-wildcard', `${prefix}hostnames`, problem, 'list further hostnames where clients use them')];
  });
}

function clearText({ prefix, name, ingress, facts }: IngressPlan): Finding[] {
  if (ingress.tls) return [];
  const problem = `creates the Ingress "${name}" without TLS: API keys and prompts cross the network in the clear`;
  const cloud = facts.proxies === 'outside';
  const fix = cloud ? 'set certificateArns, or discoverCertificates' : 'set tls: { secretName: … }';
  return [warning('ingress-clear-text', `${prefix}ingress`, problem, fix)];
}

function replaced({ prefix, decided, annotations }: IngressPlan): Finding[] {
  return Object.entries(decided).flatMap(([key, value]) => {
    const used = annotations[key];
    if (used === value) return [];
    const problem = `sets ${key} to "${used}" in place of "${value}"`;
    const fix = 'remove it, or acknowledge this with your reason';
    return [warning('ingress-annotation-replaced', `${prefix}ingress`, problem, fix)];
  });
}

/** What ends a stream. */
function limits({ prefix, ingress, facts, requestTimeout, maxBodySize }: IngressPlan): Finding[] {
  const subject = `${prefix}ingress`;
  if (ingress.kind === 'other') {
    const problem =
      'is a controller whose annotations the library does not know; by default many end a stream after 60 s';
    const seconds = ROUTING.readTimeout;
    const fix =
      `set its annotations: no buffering of responses, at least ${seconds} s between two bytes, bodies of ` +
      `${maxBodySize} MiB, no repetition of POST; test a stream of more than a minute, and acknowledge this`;
    return [warning('ingress-limits-unset', subject, problem, fix)];
  }
  const whole = requestTimeout === 0 ? 'does not limit a response' : `limits a whole response to ${requestTimeout} s`;
  const limit =
    ingress.kind === 'contour'
      ? whole
      : `limits the time without a byte to ${gapOf(requestTimeout)} s, not a whole response`;
  const fix = 'raise the timeouts of the controller and of load balancers and CDNs in front of the cluster';
  return [notice('ingress-limits', subject, `${limit}; ${facts.outside}`, fix)];
}

/** A load balancer has a rule for each path of each host. */
function quota({ prefix, ingress, hosts: all }: IngressPlan): Finding[] {
  const rules = all.reduce((sum, { paths }) => sum + paths.length, 0);
  if (ingress.kind !== 'awsLoadBalancer' || rules <= ROUTING.albRules) return [];
  const problem = `needs ${rules} rules of the load balancer, and its default quota is ${ROUTING.albRules}`;
  const fix = 'list fewer paths or hostnames, or raise the quota and acknowledge this';
  return [warning('ingress-rules-quota', `${prefix}ingress`, problem, fix)];
}

/** Findings about the controller of an Ingress. */
export function controllerFindings(plan: IngressPlan): Finding[] {
  return [retired, hosts, wildcards, clearText, replaced, limits, quota].flatMap((check) => check(plan));
}
