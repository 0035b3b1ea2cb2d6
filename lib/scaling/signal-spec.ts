import type { Matcher } from '../metrics/promql';
import type { EngineSignalName } from './signal-catalogue';

/** What a signal is, as data for the plan. */
export type SignalSpec =
  | { readonly of: 'engine'; readonly name: EngineSignalName; readonly target?: number; readonly percentile?: number }
  | {
      readonly of: 'gateway';
      readonly name: string;
      /** The counter that the user set; undefined for what the gateway of the stack counts. */
      readonly counter:
        | {
            readonly metric: string;
            readonly matchers: Readonly<Record<string, Matcher>>;
            readonly presence?: string;
          }
        | undefined;
      readonly target: number;
    }
  | {
      readonly of: 'schedule';
      readonly name: string;
      readonly timeZone: string;
      readonly start: string;
      readonly end: string;
      readonly replicas: number;
    }
  | {
      readonly of: 'custom';
      readonly name: string;
      readonly query: string;
      readonly target: number;
      readonly perReplica: boolean;
      /** Whether the query is not read at synth. */
      readonly unchecked: boolean;
    };
