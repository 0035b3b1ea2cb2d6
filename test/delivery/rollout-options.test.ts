import { Duration } from 'cdk8s';
import type { RolloutOptions } from '../../lib';
import { CanaryRouter, Delivery, Guard, RolloutEvent } from '../../lib';
import { messageOf } from '../support/scaling';

describe('the options of every rollout', () => {
  test.each<[what: string, options: RolloutOptions]>([
    ['a window of a second', { analysis: { window: Duration.seconds(1) } }],
    ['no warm-up', { analysis: { warmUp: Duration.seconds(0) } }],
    ['no failures', { analysis: { failures: 0 } }],
    ['less than a request per second', { analysis: { requestRate: 0.01 } }],
    ['no delay', { scaleDownDelay: Duration.seconds(0) }],
    ['a delay of a day', { scaleDownDelay: Duration.days(1), abortScaleDownDelay: Duration.days(1) }],
    ['no guards and no notifications', { guards: [], notifications: [] }],
    ['recipients with spaces', { notifications: [{ service: 'teams', recipients: ['ML platform'] }] }],
    ['a service of 27 characters', { notifications: [{ service: 'a-service-with-27-character', recipients: ['a'] }] }],
    ['every event', { notifications: [{ service: 'slack', recipients: ['a'], events: Object.values(RolloutEvent) }] }],
  ])('accept %s', (_what, options) => {
    expect(() => Delivery.canary({ router: CanaryRouter.none(), ...options })).not.toThrow();
    expect(() => Delivery.blueGreen(options)).not.toThrow();
  });

  test.each<[what: string, make: () => unknown, ...problems: string[]]>([
    [
      'a window as a number',
      () => Delivery.canary({ router: CanaryRouter.none(), analysis: { window: 300 } } as never),
      'analysis.window: is 300; give a Duration of whole seconds, above 0 and at most 31536000 s, for example Duration.minutes(5) [wrong-value]',
    ],
    [
      'a window of 0',
      () => Delivery.canary({ router: CanaryRouter.none(), analysis: { window: Duration.seconds(0) } } as never),
      'analysis.window: is 0 s; give a Duration of whole seconds, above 0 and at most 31536000 s, for example Duration.minutes(5) [wrong-value]',
    ],
    [
      'a window with a part of a second',
      () => Delivery.canary({ router: CanaryRouter.none(), analysis: { window: Duration.millis(1500) } } as never),
      'analysis.window: is 1.5 s; give a Duration of whole seconds, above 0 and at most 31536000 s, for example Duration.minutes(5) [wrong-value]',
    ],
    [
      'a window that Prometheus cannot read',
      () => Delivery.canary({ router: CanaryRouter.none(), analysis: { window: Duration.days(1e6) } } as never),
      'analysis.window: is 86400000000 s; give a Duration of whole seconds, above 0 and at most 31536000 s, for example Duration.minutes(5) [wrong-value]',
    ],
    [
      'an interval of 0',
      () => Delivery.canary({ router: CanaryRouter.none(), analysis: { interval: Duration.seconds(0) } } as never),
      'analysis.interval: is 0 s; give a Duration of whole seconds, above 0 and at most 31536000 s, for example Duration.minutes(1) [wrong-value]',
    ],
    [
      'a warm-up with a part of a second',
      () => Delivery.canary({ router: CanaryRouter.none(), analysis: { warmUp: Duration.millis(500) } } as never),
      'analysis.warmUp: is 0.5 s; give a Duration of whole seconds, at most 31536000 s, for example Duration.minutes(1) [wrong-value]',
    ],
    [
      'no successes',
      () => Delivery.canary({ router: CanaryRouter.none(), analysis: { successes: 0 } } as never),
      'analysis.successes: is 0; give a whole number from 1 to 100 [wrong-value]',
    ],
    [
      'too many successes',
      () => Delivery.canary({ router: CanaryRouter.none(), analysis: { successes: 101 } } as never),
      'analysis.successes: is 101; give a whole number from 1 to 100 [wrong-value]',
    ],
    [
      'fewer than no failures',
      () => Delivery.canary({ router: CanaryRouter.none(), analysis: { failures: -1 } } as never),
      'analysis.failures: is -1; give a whole number from 0 to 100 [wrong-value]',
    ],
    [
      'no measurements',
      () => Delivery.canary({ router: CanaryRouter.none(), analysis: { measurements: 0 } } as never),
      'analysis.measurements: is 0; give a whole number from 1 to 1000 [wrong-value]',
    ],
    [
      'too many measurements',
      () => Delivery.canary({ router: CanaryRouter.none(), analysis: { measurements: 1001 } } as never),
      'analysis.measurements: is 1001; give a whole number from 1 to 1000 [wrong-value]',
    ],
    [
      'no requests',
      () => Delivery.canary({ router: CanaryRouter.none(), analysis: { minRequests: 0 } } as never),
      'analysis.minRequests: is 0; give a whole number of at least 1 [wrong-value]',
    ],
    [
      'a part of a request',
      () => Delivery.canary({ router: CanaryRouter.none(), analysis: { minRequests: 10.5 } } as never),
      'analysis.minRequests: is 10.5; give a whole number of at least 1 [wrong-value]',
    ],
    [
      'a rate of 0',
      () => Delivery.canary({ router: CanaryRouter.none(), analysis: { requestRate: 0 } } as never),
      'analysis.requestRate: is 0; give a number above 0 [wrong-value]',
    ],
    [
      'an unknown property of the analysis',
      () => Delivery.canary({ router: CanaryRouter.none(), analysis: { initialDelay: Duration.minutes(1) } } as never),
      'analysis.initialDelay: unknown property; correct the name or remove it [unknown-property]',
    ],
    [
      'a guard that is an object',
      () => Delivery.canary({ router: CanaryRouter.none(), guards: [{ name: 'a', query: 'b', maximum: 1 }] } as never),
      'guards[0]: is {"name":"a","query":"b","maximum":1}; give a Guard, for example Guard.custom({ name, query, maximum }) [wrong-value]',
    ],
    [
      'a guard that is no list',
      () =>
        Delivery.canary({
          router: CanaryRouter.none(),
          guards: Guard.custom({ name: 'a', query: 'b', maximum: 1 }),
        } as never),
      'guards: is a Guard; give a list, each item a Guard, for example Guard.custom({ name, query, maximum }) [wrong-value]',
    ],
    [
      'a Prometheus by its address',
      () => Delivery.canary({ router: CanaryRouter.none(), prometheus: 'http://prometheus:9090' } as never),
      'prometheus: is "http://prometheus:9090"; give a PrometheusServer, made by PrometheusServer.at [wrong-value]',
    ],
    [
      'a budget of 0',
      () => Delivery.canary({ router: CanaryRouter.none(), gpuBudget: 0 } as never),
      'gpuBudget: is 0; give a whole number of at least 1 [wrong-value]',
    ],
    [
      'a budget of a part',
      () => Delivery.canary({ router: CanaryRouter.none(), gpuBudget: 2.5 } as never),
      'gpuBudget: is 2.5; give a whole number of at least 1 [wrong-value]',
    ],
    [
      'a promotion as text',
      () => Delivery.canary({ router: CanaryRouter.none(), manualPromotion: 'true' } as never),
      'manualPromotion: is "true"; give true or false, without quotes [wrong-value]',
    ],
    [
      'a delay of more than a day',
      () => Delivery.canary({ router: CanaryRouter.none(), scaleDownDelay: Duration.days(2) } as never),
      'scaleDownDelay: is 172800 s; give a Duration of whole seconds, at most 86400 s, for example Duration.seconds(30) [wrong-value]',
    ],
    [
      'an abort delay of 0, which Argo Rollouts reads as never',
      () => Delivery.canary({ router: CanaryRouter.none(), abortScaleDownDelay: Duration.seconds(0) } as never),
      'abortScaleDownDelay: is 0 s; give a Duration of whole seconds, above 0 and at most 86400 s, for example Duration.seconds(30) [wrong-value]',
    ],
    [
      'an abort delay of more than a day',
      () => Delivery.canary({ router: CanaryRouter.none(), abortScaleDownDelay: Duration.days(2) } as never),
      'abortScaleDownDelay: is 172800 s; give a Duration of whole seconds, above 0 and at most 86400 s, for example Duration.seconds(30) [wrong-value]',
    ],
    [
      'a step that is none',
      () => Delivery.canary({ router: CanaryRouter.none(), migration: 'both' } as never),
      'migration: is "both"; give one of FromDeployment, ToDeployment [wrong-value]',
    ],
    [
      'a notification without recipients',
      () => Delivery.canary({ router: CanaryRouter.none(), notifications: [{ service: 'slack' }] } as never),
      'notifications[0].recipients: is required and was not given; give a list of at least 1, each item a recipient without ";" and control characters, for example a channel, each once [missing-property]',
    ],
    [
      'no recipients',
      () =>
        Delivery.canary({
          router: CanaryRouter.none(),
          notifications: [{ service: 'slack', recipients: [] }],
        } as never),
      'notifications[0].recipients: is []; give a list of at least 1, each item a recipient without ";" and control characters, for example a channel [wrong-value]',
    ],
    [
      'a recipient with a semicolon',
      () =>
        Delivery.canary({
          router: CanaryRouter.none(),
          notifications: [{ service: 'slack', recipients: ['a;b'] }],
        } as never),
      'notifications[0].recipients[0]: is "a;b"; give a recipient without ";" and control characters, for example a channel [wrong-value]',
    ],
    [
      'an empty recipient',
      () =>
        Delivery.canary({
          router: CanaryRouter.none(),
          notifications: [{ service: 'slack', recipients: [' '] }],
        } as never),
      'notifications[0].recipients[0]: is " "; give a recipient without ";" and control characters, for example a channel [wrong-value]',
    ],
    [
      'a recipient twice',
      () =>
        Delivery.canary({
          router: CanaryRouter.none(),
          notifications: [{ service: 'slack', recipients: ['a', 'a'] }],
        } as never),
      'notifications[0].recipients: is ["a","a"]; give a list of at least 1, each item a recipient without ";" and control characters, for example a channel, each once [wrong-value]',
    ],
    [
      'a service with upper-case letters',
      () =>
        Delivery.canary({
          router: CanaryRouter.none(),
          notifications: [{ service: 'Slack', recipients: ['a'] }],
        } as never),
      'notifications[0].service: is "Slack"; give the name of a notification service of Argo Rollouts, at most 27 characters, for example "slack" [wrong-value]',
    ],
    [
      'a service with a long name',
      () =>
        Delivery.canary({
          router: CanaryRouter.none(),
          notifications: [{ service: 'a-service-with-28-characters', recipients: ['a'] }],
        } as never),
      'notifications[0].service: is "a-service-with-28-characters"; give the name of a notification service of Argo Rollouts, at most 27 characters, for example "slack" [wrong-value]',
    ],
    [
      'an event that does not exist',
      () =>
        Delivery.canary({
          router: CanaryRouter.none(),
          notifications: [{ service: 'slack', recipients: ['a'], events: ['on-paused'] }],
        } as never),
      'notifications[0].events[0]: is "on-paused"; give one of on-rollout-updated, on-rollout-step-completed, on-rollout-paused, on-rollout-aborted, on-rollout-completed [wrong-value]',
    ],
    [
      'no events',
      () =>
        Delivery.canary({
          router: CanaryRouter.none(),
          notifications: [{ service: 'slack', recipients: ['a'], events: [] }],
        } as never),
      'notifications[0].events: is []; give a list of at least 1, each item one of on-rollout-updated, on-rollout-step-completed, on-rollout-paused, on-rollout-aborted, on-rollout-completed [wrong-value]',
    ],
    [
      'an event twice',
      () =>
        Delivery.canary({
          router: CanaryRouter.none(),
          notifications: [{ service: 'slack', recipients: ['a'], events: [RolloutEvent.PAUSED, RolloutEvent.PAUSED] }],
        } as never),
      'notifications[0].events: is ["on-rollout-paused","on-rollout-paused"]; give a list of at least 1, each item one of on-rollout-updated, on-rollout-step-completed, on-rollout-paused, on-rollout-aborted, on-rollout-completed, each once [wrong-value]',
    ],
  ])('refuses %s', (...row) => {
    const [, make, ...problems] = row;
    expect(messageOf(make).split('\n  - ').slice(1)).toEqual(problems);
  });
});
