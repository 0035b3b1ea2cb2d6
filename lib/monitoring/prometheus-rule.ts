import type { PrometheusRuleProps } from '../../imports/monitoring.coreos.com';
import type { ObjectMeta } from '../private/object-meta';
import { prometheusRule as rendered, type RuleGroup } from '../private/prometheus-rule';

type Spec = PrometheusRuleProps['spec'];

/** Expressions are text; the generated type knows them as "number or string". */
interface TextRule extends Omit<NonNullable<NonNullable<Spec['groups']>[number]['rules']>[number], 'expr'> {
  readonly expr: string;
}

/** What the renderer, which knows no generated types, must fit. */
interface TextSpec extends Omit<Spec, 'groups'> {
  readonly groups: (Omit<NonNullable<Spec['groups']>[number], 'rules'> & { readonly rules: TextRule[] })[];
}

/** The PrometheusRule of a stack, or undefined when no group has a rule. */
export function prometheusRule(name: string, groups: readonly RuleGroup[], meta: ObjectMeta): object | undefined {
  const manifest = rendered(name, groups, meta);
  return manifest && { ...manifest, spec: manifest.spec satisfies TextSpec };
}
