import { looksSecret, looksSecretAt } from '../../lib/secrets/looks-secret';
import { idsOf } from '../support/plan';

const LONG = 'aB3'.repeat(12);

describe('a secret in JSON', () => {
  it.each([
    `{"a": {"b": ["hf_${LONG}"]}}`,
    `["sk-proj-${LONG}"]`,
    `{"endpoint": "redis://:pw@host:6379"}`,
    `{"nested": {"url": "postgres://me:pw@host/db"}}`,
    `{"list": [{"header": "Bearer ${LONG}"}]}`,
    `{"hf_${LONG}": 1}`,
    '{"password": "abc"}',
    '{"db_password": "abc"}',
    '{"api_key": "abc"}',
    '{"apiKey": "abc"}',
    '{"s3": {"secretAccessKey": "abc"}}',
    '{"s3": {"secret_access_key": "abc"}}',
    '{"auth": {"access_token": "abc"}}',
    '{"hf-token": "abc"}',
    '{"passwords": 1, "password": ["abc"]}',
  ])('is recognized in %s', (value) => {
    expect(looksSecret('X', value)).toBe(true);
  });

  it.each(['secret_access_key', 'api_key', 'password', 'auth_token', 'private-key'])(
    'is recognized by the dotted key %s',
    (key) => {
      expect(looksSecretAt(key, 'abc')).toBe(true);
    },
  );
});

describe('no secret in JSON', () => {
  it.each([
    '{"endpoint":"tcp://*:5556","topic":"kv@llama"}',
    '{"endpoint":"tcp://*:5556","replay_endpoint":"tcp://*:5557","topic":"kv@pod@model"}',
    '["tcp://*:5556","kv@llama"]',
    '{"a":"http://host:80","b":"me@host"}',
    '{"pad_token":"<pad>","eos_token":"</s>","image_token":"<image>"}',
    '{"num_speculative_tokens": 4}',
    '{"api_key": "EMPTY"}',
    '{"api_key": "$(API_KEY)"}',
    '{"private_key": "/tls/tls.key"}',
    '{"password": null, "secret": true}',
    '{"auth": "none", "password": ""}',
    '{"model": "org/name", "token_classification": "abc"}',
    '{"tokens": ["a", "b"]}',
    '{}',
    '[]',
  ])('is found in %s', (value) => {
    expect(looksSecret('X', value)).toBe(false);
  });

  it.each(['pad_token', 'topic', 'tokenizer', 'key', 'max_tokens'])('is found by the dotted key %s', (key) => {
    expect(looksSecretAt(key, 'abc')).toBe(false);
  });
});

describe('the command line', () => {
  it('accepts an endpoint without a password before a topic with "@"', () => {
    const config = '{"enable_kv_cache_events":true,"endpoint":"tcp://*:5556","topic":"kv@llama"}';
    expect(idsOf({ extraArgs: [`--kv-events-config=${config}`] })).not.toContain('secret-as-text');
    const kvEventsConfig = JSON.parse(config) as Record<string, unknown>;
    expect(idsOf({ engine: { kvEventsConfig } })).not.toContain('secret-as-text');
  });

  it.each([
    '--model-loader-extra-config.s3.secret_access_key=abc',
    '--model-loader-extra-config={"s3": {"secret_access_key": "abc"}}',
    '--kv-transfer-config.kv_connector_extra_config.password=abc',
  ])('refuses the secret in %s', (arg) => {
    expect(idsOf({ extraArgs: [arg] })).toContain('secret-as-text');
  });
});
