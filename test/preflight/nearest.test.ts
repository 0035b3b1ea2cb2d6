import { choicesFor, didYouMean, nearest } from '../../lib/preflight/nearest';

const OPTIONS = ['maxModelLen', 'maxNumSeqs', 'seed', 'dtype'];

describe('the nearest known word', () => {
  it.each([
    ['a missing letter', 'maxModelLe', 'maxModelLen'],
    ['an added letter', 'maxModelLens', 'maxModelLen'],
    ['a wrong letter', 'maxModelLem', 'maxModelLen'],
    ['two letters that changed places', 'sede', 'seed'],
    ['another case', 'MAXMODELLEN', 'maxModelLen'],
    ['nothing at all', 'seed', 'seed'],
    ['a third of the letters', 'maxNumSequen', 'maxNumSeqs'],
  ])('is found after a slip of %s', (_, word, meant) => {
    expect(nearest(word, OPTIONS)).toBe(meant);
  });

  it('is the one with the smallest number of typing errors', () => {
    expect(nearest('--seeds', ['--send', '--seed', '--speed'])).toBe('--seed');
  });

  it('is the first one when several are equally near', () => {
    expect(nearest('cat', ['bat', 'hat'])).toBe('bat');
  });

  it('is nothing when more than a third of the letters differ', () => {
    expect(nearest('replicas', OPTIONS)).toBeUndefined();
    expect(nearest('seat', ['salt', 'beet'])).toBeUndefined();
  });

  it('is nothing when nothing is known', () => {
    expect(nearest('seed', [])).toBeUndefined();
  });

  it('is offered as a question', () => {
    expect(didYouMean('sead', OPTIONS)).toBe(' (did you mean "seed"?)');
  });

  it('is not offered when no word is near', () => {
    expect(didYouMean('replicas', OPTIONS)).toBe('');
  });
});

describe('the choices of a message', () => {
  const many = Array.from({ length: 30 }, (_, index) => `parser_${index}`);

  it('are all of a short list, in its order', () => {
    expect(choicesFor('sead', OPTIONS)).toBe('maxModelLen, maxNumSeqs, seed, dtype');
  });

  it('are the near ones of a long list', () => {
    expect(choicesFor('granit', [...many, 'granite', 'granite-20b'])).toBe('granite, granite-20b, … (32 in all)');
  });

  it('are the first ones of a long list where none is near', () => {
    expect(choicesFor('x', many)).toMatch(/^parser_0, .*parser_7, … \(30 in all\)$/);
  });
});
