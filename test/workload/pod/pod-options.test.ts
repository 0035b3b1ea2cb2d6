import { Size } from 'cdk8s';
import { ExtraVolume, TaintEffect } from '../../../lib';
import { DNS_LABEL } from '../../../lib/shapes/kubernetes-names';

const { fromConfigMap, fromSecret, fromClaim, empty } = ExtraVolume;

describe('an extra volume', () => {
  it.each<[what: string, volume: ExtraVolume, name: string, source: object]>([
    ['a ConfigMap', fromConfigMap('chat', '/templates'), 'config-chat', { configMap: 'chat' }],
    ['a Secret', fromSecret('tls', '/tls'), 'secret-tls', { secret: 'tls' }],
    ['a claim, read-only', fromClaim('lora', '/lora'), 'claim-lora', { claim: 'lora', readOnly: true }],
    ['nothing', empty('scratch', '/scratch'), 'scratch', { emptySizeMib: undefined }],
    ['nothing, up to a size', empty('a', '/a', { sizeLimit: Size.gibibytes(1.5) }), 'a', { emptySizeMib: 1536 }],
    [
      'nothing, up to a small size',
      empty('a', '/a', { sizeLimit: Size.kibibytes(5) }),
      'a',
      { emptySizeMib: 5 / 1024 },
    ],
  ])('has the files of %s', (_, volume, name, source) => {
    expect(volume.name).toBe(name);
    expect(volume._source).toEqual(source);
  });

  it.each(['/a', '/etc/ssl/certs', '/opt/..data', '/a.b/c_d-e', '/models-of-ours', '/usr/share/a'])(
    'may be mounted at %s',
    (mountPath) => {
      expect(fromSecret('tls', mountPath).mountPath).toBe(mountPath);
    },
  );

  it('has a different name for a ConfigMap and a Secret of one name', () => {
    expect(fromConfigMap('a', '/a').name).not.toBe(fromSecret('a', '/b').name);
  });

  it.each(['tls.example.com', 'a'.repeat(253), `${'a'.repeat(55)}.b`])('has a DNS label as name for %s', (secret) => {
    expect(fromSecret(secret, '/a').name).toMatch(DNS_LABEL);
  });

  const at = (mountPath: unknown) => () => fromSecret('tls', mountPath as never);
  const named = (name: unknown) => () => empty(name as never, '/a');
  const limited = (options: unknown) => () => empty('a', '/a', options as never);

  it.each<[what: string, call: () => unknown, message: string]>([
    ['a relative path', at('tls'), 'mountPath: is "tls"; give an absolute path inside the container'],
    ['the root', at('/'), 'mountPath: is "/"; give an absolute path'],
    ['a slash at the end, which would hide a clash', at('/tmp/'), 'mountPath: is "/tmp/"'],
    ['two slashes', at('/a//b'), 'mountPath: is "/a//b"'],
    [
      'a parent folder',
      at('/a/../tmp'),
      'mountPath: is "/a/../tmp"; give an absolute path inside the container, without',
    ],
    ['a colon, which runtimes refuse', at('/a:ro'), 'mountPath: is "/a:ro"'],
    ['a space in the path', at('/a b'), 'mountPath: is "/a b"'],
    ['a path below the weights', at('/models/lora'), 'mountPath: is "/models/lora"; give a path that is not below'],
    ['a name with a dash last', named('a-'), 'digits and "-", beginning and ending with a letter or digit'],
    ['a ConfigMap with a dot first', () => fromConfigMap('.a', '/a'), 'and ".", beginning and ending with a letter'],
    ['no path', at(undefined), 'mountPath: is required and was not given'],
    ['capitals in a ConfigMap', () => fromConfigMap('Chat', '/a'), 'configMapName: is "Chat"; give the name of an obj'],
    ['a file for a ConfigMap', () => fromConfigMap('./chat.jinja', '/a'), 'configMapName: is "./chat.jinja"'],
    ['an empty Secret', () => fromSecret('', '/a'), 'secretName: is ""; give the name of an object'],
    ['a number for a claim', () => fromClaim(5 as never, '/a'), 'claimName: is 5; give the name of an object'],
    ['a dot in a name', named('a.b'), 'name: is "a.b"; give a volume name: lower-case letters, digits and "-"'],
    ['a name of 64 characters', named('a'.repeat(64)), 'give a volume name'],
    ['a size as text', limited({ sizeLimit: '1Gi' }), 'sizeLimit: is "1Gi"; give a Size of more than 0, for example'],
    ['a size of zero', limited({ sizeLimit: Size.gibibytes(0) }), 'sizeLimit: is 0 MiB; give a Size of more than 0'],
    ['a size alone', limited(Size.gibibytes(1)), 'amount: unknown property'],
    ['null as options', limited(null), 'options: is null; give an object'],
    ['an unknown option', limited({ medium: 'Memory' }), 'medium: unknown property'],
  ])('refuses %s', (_, call, message) => {
    expect(call).toThrow(message);
  });
});

describe('the folders of the image', () => {
  const folders = ['/usr', '/bin', '/sbin', '/lib', '/lib64', '/etc', '/dev', '/proc', '/sys', '/opt'];

  it.each(folders)('refuses to hide %s', (mountPath) => {
    expect(() => empty('a', mountPath)).toThrow(`mountPath: is "${mountPath}"; give a path that is not below /models`);
  });
});

describe('the effect of a taint', () => {
  it('is spelled as in Kubernetes', () => {
    expect(Object.values(TaintEffect)).toEqual(['NoSchedule', 'PreferNoSchedule', 'NoExecute']);
  });
});
