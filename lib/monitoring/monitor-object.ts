import type { SecretReference } from '../secrets/secret-key';

/** The object that tells Prometheus to scrape: plain data. Times are in seconds. */
export interface MonitorObject {
  readonly kind: 'PodMonitor' | 'ServiceMonitor';
  readonly name: string;
  readonly selector: Readonly<Record<string, string>>;
  /** The Service whose pods a ServiceMonitor scrapes. */
  readonly service: string;
  readonly model: string;
  readonly scrapeTimeout: number;
  readonly podTargetLabels: readonly string[];
  /** Undefined for plain HTTP. */
  readonly tls: { readonly serverName?: string; readonly ca?: SecretReference } | undefined;
}
