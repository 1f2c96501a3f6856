import { NodeOperationError } from 'n8n-workflow';

import { node } from '../integration/engine';
import { leaksIn, secret, textsOf, type Place } from './secrets';

const VALUE = 'k3y+/of Akool==';
const SECRETS = [secret('key', VALUE), secret('link', 'resume-token-1', ['nodeContext'])];
const PLACES: Place[] = [
	'items',
	'files',
	'hints',
	'log',
	'customData',
	'error',
	'staticData',
	'progress',
	'page',
	'answer',
	'fileHost',
	'list',
];

/** Ways in which a text may stand somewhere. */
const WAYS: Array<[string, (text: string) => unknown]> = [
	['as it is', (text) => text],
	['within a text', (text) => `before ${text} after`],
	['deep', (text) => [{ a: { b: [1, null, text] } }]],
	['as a name', (text) => ({ [text]: 1 })],
	['in an error', (text) => new Error(text)],
	['in the cause of an error', (text) => new Error('outer', { cause: new Error(text) })],
	[
		'in the context of n8n’s error',
		(text) => new NodeOperationError(node('n', 'akool'), 'words', { description: text }),
	],
	['in a field of an error', (text) => Object.assign(new Error('x'), { config: { headers: { h: text } } })],
	['in bytes', (text) => Buffer.from(text)],
	['in an address', encodeURIComponent],
	['in the query of an address', (text) => new URLSearchParams({ text }).toString()],
	['in Base64', (text) => Buffer.from(text).toString('base64')],
	['in Base64 for an address', (text) => Buffer.from(text).toString('base64url')],
	['in a header of Basic authentication', (text) => `Basic ${Buffer.from(`user:${text}`).toString('base64')}`],
	['in Base64 of a longer text', (text) => Buffer.from(`a key: ${text}, of Akool`).toString('base64')],
	['in a header of another kind', (text) => ({ headers: { Authorization: `Bearer ${text}` } })],
	['in hexadecimal digits', (text) => Buffer.from(text).toString('hex')],
	['in capital hexadecimal digits', (text) => Buffer.from(text).toString('hex').toUpperCase()],
	['backward', (text) => [...text].reverse().join('')],
	['in an address within an address', (text) => encodeURIComponent(encodeURIComponent(text))],
	['in an address, each letter encoded', (text) => Buffer.from(text).toString('hex').replaceAll(/../g, '%$&')],
	['in JSON within a text', (text) => JSON.stringify(JSON.stringify({ text }))],
	['as the name of a file', (text) => ({ file: { fileName: `${text}.mp4` } })],
];

describe.each(PLACES)('a secret in %s', (place) => {
	it.each(WAYS)('is found %s', (_, put) => {
		expect(leaksIn({ [place]: put(VALUE) }, SECRETS)).toEqual([`key in ${place}`]);
	});
});

it('is allowed where it belongs', () => {
	expect(leaksIn({ nodeContext: ['resume-token-1'] }, SECRETS)).toEqual([]);
	expect(leaksIn({ nodeContext: [VALUE], log: ['resume-token-1'] }, SECRETS)).toEqual([
		'key in nodeContext',
		'link in log',
	]);
	expect(leaksIn({ items: [{ json: { a: 'nothing' } }], log: [] }, SECRETS)).toEqual([]);
});

it('is found in circular values without an endless loop', () => {
	const circle: { self?: object; text: string } = { text: 'x' };
	circle.self = circle;
	expect(textsOf(circle)).toEqual(['text', 'x', 'self']);
});
