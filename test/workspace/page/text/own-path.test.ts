import { expect, test } from 'vitest';
import { ownPath } from '../../../../workspace/page/text/own-path.ts';

const origin = 'http://127.0.0.1:4400';

test.each([
  ['/files/F1/chart.png', '/files/F1/chart.png'],
  ['http://127.0.0.1:4400/files/F1?a=1', '/files/F1?a=1'],
])('%s is the workspace itself', (address, path) => {
  expect(ownPath(address, origin)).toBe(path);
});

test.each([
  '',
  'https://example.com/cat.png',
  '//example.com/cat.png',
  'http://127.0.0.1:4401/x.png',
  'data:image/png;base64,AAAA',
  'javascript:alert(1)',
  'http://',
])('%j is not', (address) => {
  expect(ownPath(address, origin)).toBeNull();
});
