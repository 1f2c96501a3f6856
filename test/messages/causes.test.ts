import { causeOf, stackOf } from '../../nodes/AkoolImageToVideo/messages/causes';

const chain = new Error('the file was not kept', { cause: new Error('no space', { cause: 'ENOSPC' }) });

it('lists an error and its causes in one line, each once', () => {
	expect(causeOf(chain)).toBe('the file was not kept: no space: ENOSPC');
	expect(causeOf(new Error('not kept: no space', { cause: new Error('no space') }))).toBe('not kept: no space');
	expect(causeOf('a text')).toBe('a text');
	expect(causeOf(undefined)).toBe('undefined');
	expect(causeOf({ toString: 3 })).toBe('{"toString":3}');
	expect(causeOf(new TypeError())).toBe('TypeError');
});

it('writes the stack of each cause for the log', () => {
	expect(stackOf(chain)).toMatch(
		/^Error: the file was not kept\n\s+at [^]*\ncaused by Error: no space\n\s+at [^]*\ncaused by ENOSPC$/,
	);
});

it('ends if causes form a circle, and shows no other field of an error', () => {
	const error = Object.assign(new Error('outer'), { config: { headers: { 'x-api-key': 'secret' } } });
	error.cause = error;
	expect(causeOf(error)).toBe('outer');
	expect(stackOf(error)).not.toContain('secret');
});
