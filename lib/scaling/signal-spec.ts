/** Names of the signals that vLLM's own metrics give, as they are used for triggers and in messages. */
export type EngineSignalName =
  | 'in-flight-requests'
  | 'kv-cache-use'
  | 'queued-requests'
  | 'request-rate'
  | 'generated-tokens'
  | 'prompt-tokens'
  | 'queue-time'
  | 'time-to-first-token';

/** What a signal is, as data for the plan. */
export type SignalSpec =
  | { readonly of: 'engine'; readonly name: EngineSignalName; readonly target?: number; readonly percentile?: number }
  | {
      readonly of: 'gateway';
      readonly name: string;
      readonly metric: string;
      readonly matchers: Readonly<Record<string, string>>;
      readonly presence?: string;
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
    };
