import { executeContext } from '../integration/engine';
import { KeptCredential } from '../integration/credentialsHelper';
import { createBatch } from '../integration/stage';
import { numberParameter, Options, UnusableValue } from '../../nodes/AkoolImageToVideo/actions/parameters';
import { beginRun, type Run } from '../../nodes/AkoolImageToVideo/orders/run';

const expression = (code: string): string => `={{ ${code} }}`;

async function runWith(options: Record<string, string>, count = '1'): Promise<Run> {
	return await beginRun(
		executeContext({ parameters: createBatch({ count, options }), credential: new KeptCredential({ apiKey: 'k' }) }),
	);
}

const NUMBERS: ReadonlyArray<readonly [string, number]> = [
	['7', 7],
	['"7"', 7],
	['" 7 "', 7],
	['7.5', 7.5],
];
const NO_NUMBERS = ['"seven"', '{ a: 1 }', '[7, 8]', 'true', 'NaN', 'Infinity', '10n ** 20n', '" "'];

describe('a number that an expression gives', () => {
	it.each(NUMBERS)('%s counts', async (code, number) => {
		const run = await runWith({ waitTimeout: expression(code) }, expression(code));
		expect(numberParameter(run, 'count', 'Count', 0)).toBe(number);
		expect(new Options(run, 0).number('waitTimeout', 'Wait Timeout', 0)).toBe(number);
		expect(new Options(run, 0).limit('waitTimeout', 'Wait Timeout')).toBe(number);
	});

	it.each(NO_NUMBERS)('%s is refused by the name of its field', async (code) => {
		const run = await runWith({ maxVideos: expression(code) });
		expect(() => new Options(run, 0).limit('maxVideos', 'Maximum Videos')).toThrow(UnusableValue);
		expect(() => new Options(run, 0).limit('maxVideos', 'Maximum Videos')).toThrow(/^Maximum Videos is/);
	});
});

describe('an option that was not set', () => {
	it('is no limit, no text and no choice', async () => {
		const options = new Options(await runWith({}), 0);
		expect(options.limit('maxVideos', 'Maximum Videos')).toBeUndefined();
		expect(options.number('waitTimeout', 'Wait Timeout', 0)).toBeUndefined();
		expect(options.text('negativePrompt')).toBeUndefined();
		expect(options.boolean('extendPrompt')).toBeUndefined();
		expect(options.object('customBodyFields', 'Custom Body Fields')).toEqual({});
	});
});
