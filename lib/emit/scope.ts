import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import type { Finding } from '../preflight/finding';
import { throwOnErrors } from '../preflight/finding';
import { checkReadable, shape, text } from '../shapes/shape';

const IN_CHART = shape<Construct>(
  'the Chart that the objects are for, or a construct in it',
  (value) => Construct.isConstruct(value) && value.node.scopes.some((each) => Chart.isChart(each)),
);

/** The scope of a construct of ours. The constructs package and cdk8s trust it, and the id: they end in errors of their own. */
export function checkedScope(className: string, scope: Construct, id: string): Construct {
  const findings: Finding[] = [];
  checkReadable(scope, 'scope', IN_CHART, findings);
  checkReadable(id, 'id', text, findings);
  throwOnErrors(className, findings);
  return scope;
}
