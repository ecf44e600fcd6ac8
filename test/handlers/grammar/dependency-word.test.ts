import { describe, expect, test } from 'vitest';
import {
  anyCanBeChanged,
  dependencyAmong,
  dependencyNames,
  onlyDependencies,
} from '../../../src/handlers/grammar/dependency-word.ts';
import { sampleCatalogue } from '../../support/sample-catalogue.ts';
import { someDependency, withDependency } from '../../support/with-dependency.ts';

const services = sampleCatalogue([
  ['rms-auth', ['prod'], ['rms', 'nginx']],
  ['identity', ['prod']],
]);
const redis = someDependency('redis');
const postgres = someDependency('postgres');
const plain = withDependency(
  withDependency(services, 'rms-auth@prod', redis),
  'rms-auth@prod',
  postgres,
);
const fixed = { ...redis, whyNot: 'it belongs to somebody else' };

/** The words of a command, one after the other. */
const placed = (...texts: string[]) => texts.map((text, index) => ({ text, index: index + 1 }));
const texts = (words: readonly { text: string }[]) => words.map(({ text }) => text);

test('every name that some target has is known, once', () => {
  const twice = withDependency(plain, 'identity@prod', redis);
  expect(dependencyNames(twice)).toEqual(['redis', 'postgres']);
  expect(dependencyNames(services)).toEqual([]);
});

describe('whether any dependency can be changed', () => {
  test('is so as soon as one of one target can', () => {
    const both = withDependency(
      withDependency(services, 'rms-auth@prod', fixed),
      'identity@prod',
      redis,
    );
    expect(anyCanBeChanged(both)).toBe(true);
    const oneOfTwo = withDependency(
      withDependency(services, 'rms-auth@prod', fixed),
      'rms-auth@prod',
      postgres,
    );
    expect(anyCanBeChanged(oneOfTwo)).toBe(true);
  });

  test('is not so where there is none, or none that can', () => {
    expect(anyCanBeChanged(services)).toBe(false);
    expect(anyCanBeChanged(withDependency(services, 'rms-auth@prod', fixed))).toBe(false);
  });
});

describe('a word can only be a dependency', () => {
  test('when one is called so, in whatever capitals, and no service or alias', () => {
    const named = withDependency(plain, 'rms-auth@prod', someDependency('nginx'));
    const alike = withDependency(named, 'rms-auth@prod', someDependency('identity'));
    const words = placed('Redis', 'nginx', 'identity', 'memory', 'postgres');
    expect(texts(onlyDependencies(words, alike))).toEqual(['Redis', 'postgres']);
  });
});

describe('of several words the dependency', () => {
  const among = (
    others: readonly string[],
    all: readonly string[] = ['rms-auth@prod', ...others],
  ) => {
    const words = placed(...all);
    const rest = words.filter(({ text }) => others.includes(text));
    return dependencyAmong(rest, words, plain)?.text ?? null;
  };

  test('is the one that is called so, wherever it stands', () => {
    expect(among(['memory', 'REDIS'])).toBe('redis');
    expect(among(['redsi', 'postgres'])).toBe('postgres');
  });

  test('is one that is nearly called so when none is', () => {
    expect(among(['memory', 'redsi'])).toBe('redsi');
  });

  test('is the one that follows at once when none is like any', () => {
    expect(among(['Memory', 'leak'])).toBe('memory');
  });

  test('is none when there is a flag between and none is like any', () => {
    const all = [
      { text: 'rms-auth@prod', index: 1 },
      { text: 'leak', index: 3 },
    ];
    expect(dependencyAmong(all.slice(1), all, plain)).toBeNull();
    expect(dependencyAmong([], [], plain)).toBeNull();
  });

  test('keeps its place', () => {
    const [, word] = placed('rms-auth@prod', 'Redis');
    expect(dependencyAmong(word ? [word] : [], placed('rms-auth@prod', 'Redis'), plain)).toEqual({
      text: 'redis',
      index: 2,
    });
  });
});
