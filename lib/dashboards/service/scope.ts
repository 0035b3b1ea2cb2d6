import { Catalogue } from '../../engine/catalogue/catalogue';
import type { MetricRole } from '../../engine/metric-roles';
import { countsEngineErrors, exposedMetrics } from '../../engine/metric-roles';
import type { Matcher } from '../../metrics/promql';
import { namespaceLayouts, selector } from '../../metrics/promql';
import { hasTokens } from '../../model/model-task';
import type { Watched } from '../../plan/watched';
import { ofWorkload } from '../../plan/workload-series';
import type { Panel } from '../grafana/panel';
import type { HistogramOf } from '../panel-queries';

type Labels = Readonly<Record<string, Matcher>>;

/** What the reader chooses at the top of the dashboard. */
const CHOSEN = { namespace: '$namespace', model: { matches: '$model' }, pod: { matches: '$pod' } } as const;

/** What the rows of one stack's dashboard are made with. */
export class ServiceScope {
  /** Whether the stack's release counts the requests that failed in the engine. */
  public readonly countsEngineErrors: boolean;

  /** Whether the model generates its answers token by token. */
  public readonly hasTokens: boolean;

  /** The namespace that the reader chose. */
  public readonly namespace = CHOSEN.namespace;

  private readonly metrics: ReturnType<typeof exposedMetrics>;

  public constructor(public readonly watched: Watched) {
    const catalogue = Catalogue.of(watched.release);
    this.metrics = exposedMetrics(catalogue, watched.flags);
    this.countsEngineErrors = countsEngineErrors(catalogue);
    this.hasTokens = hasTokens(watched.task);
  }

  /** Series that have the labels of the stack's monitor, or its records, by `model` and `pod` as the reader chose. */
  public chosen(metric: string, more: Labels = {}): string {
    const { namespace, ...rest } = CHOSEN;
    return selector(metric, { namespace, app: this.watched.app, ...rest, ...more });
  }

  /** Series of the stack as a whole, which have no pod. */
  public whole(metric: string, more: Labels = {}): string {
    return selector(metric, { namespace: CHOSEN.namespace, app: this.watched.app, ...more });
  }

  /** Series of kube-state-metrics about the stack's pods. */
  public pods(metric: string, more: Labels = {}): string {
    return selector(metric, { namespace: CHOSEN.namespace, pod: { matches: this.watched.pods }, ...more });
  }

  /** Series of kube-state-metrics about one object. */
  public object(metric: string, kind: string, name: string, more: Labels = {}): string {
    return selector(metric, { namespace: CHOSEN.namespace, [kind]: name, ...more });
  }

  /**
   * Series of KEDA, which knows the namespace of what it scales: a monitor that does not honour labels calls it
   * `exported_namespace`. `of` is what happens to the series of each layout, such as a rate.
   */
  public about(metric: string, labels: Labels, of = (series: string): string => series): string {
    return namespaceLayouts(CHOSEN.namespace)
      .map((each) => of(selector(metric, { ...each, ...labels })))
      .join(' or ');
  }

  /** Series of the workload. */
  public workload(metric: string, more: Labels = {}, of?: (selected: string) => string): string {
    return ofWorkload(metric, { namespace: CHOSEN.namespace, workload: this.watched.workload }, more, of);
  }

  /** The name of a role in the stack's release, where that exposes it. */
  public name(role: MetricRole): string | undefined {
    return this.metrics[role];
  }

  /** Panels of metrics that must all exist; none where one is missing. */
  public with(roles: readonly MetricRole[], make: (...selectors: string[]) => readonly Panel[]): readonly Panel[] {
    const names = roles.map((role) => this.metrics[role]).filter((name) => name !== undefined);
    return names.length < roles.length ? [] : make(...names.map((name) => this.chosen(name)));
  }

  /** Panels about generated tokens; none for a model without them. */
  public ofTokens(make: () => readonly Panel[]): readonly Panel[] {
    return this.hasTokens ? make() : [];
  }

  /** Panels of a histogram; none where it is missing. */
  public histogram(role: MetricRole, make: (of: HistogramOf, name: string) => readonly Panel[]): readonly Panel[] {
    const name = this.metrics[role];
    return name === undefined ? [] : make((suffix) => this.chosen(name + suffix), name);
  }
}
