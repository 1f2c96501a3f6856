import { executeContext } from '../integration/engine';
import { KeptCredential } from '../integration/credentialsHelper';
import { createBatch } from '../integration/harness';
import { optionsOf, parametersOf, UnusableValue, type Field } from '../../nodes/AkoolImageToVideo/actions/parameters';

const expression = (code: string): string => `={{ ${code} }}`;
const COUNT: Field = { name: 'count', displayName: 'Count' };
const LIMIT: Field = { name: 'maxVideos', displayName: 'Maximum Videos', typeOptions: { minValue: 1 } };
const SWITCH: Field = { name: 'extendPrompt', displayName: 'Extend Prompt' };
const OBJECT: Field = { name: 'customBodyFields', displayName: 'Additional Body Fields' };

function runWith(options: Record<string, string>, count = '1') {
	const parameters = createBatch({ count, options });
	return { context: executeContext({ parameters, credential: new KeptCredential({ apiKey: 'k' }) }) };
}

const NUMBERS: ReadonlyArray<readonly [string, number]> = [
	['7', 7],
	['"7"', 7],
	['" 7 "', 7],
	['7.5', 7.5],
	['[7]', 7],
];
const NO_NUMBERS = ['"seven"', '{ a: 1 }', '[7, 8]', 'true', '10n ** 400n'];
const NOTHING = ['null', 'undefined', '" "', '[]', '"null"', '$json.nothing'];

describe('a number that an expression gives', () => {
	it.each(NUMBERS)('%s is read as the number', (code, number) => {
		const run = runWith({ maxVideos: expression(code) }, expression(code));
		expect(parametersOf(run, 0).number(COUNT)).toBe(number);
		expect(optionsOf(run, 0).number(LIMIT)).toBe(number);
		expect(optionsOf(run, 0).limit(LIMIT)).toBe(number);
	});

	it.each(NO_NUMBERS)('%s is refused with the name of the field', (code) => {
		const run = runWith({ maxVideos: expression(code) });
		expect(() => optionsOf(run, 0).limit(LIMIT)).toThrow(UnusableValue);
		expect(() => optionsOf(run, 0).limit(LIMIT)).toThrow(/^'Maximum Videos' (is|holds)/);
	});
});

describe('an expression that gives nothing', () => {
	it.each(NOTHING)('leaves an option unset and refuses a limit: %s', (code) => {
		const options = optionsOf(runWith({ maxVideos: expression(code), extendPrompt: expression(code) }), 0);
		expect(options.boolean(SWITCH)).toBeUndefined();
		expect(options.number(LIMIT)).toBeUndefined();
		expect(() => options.limit(LIMIT)).toThrow("'Maximum Videos' is empty");
	});

	it.each(NOTHING)('is refused for a required value: %s', (code) => {
		const parameters = parametersOf(runWith({}, expression(code)), 0);
		const read = (): unknown => parameters.required(parameters.number(COUNT), COUNT, 'Enter a number.');
		expect(read).toThrow("'Count' is empty");
		expect(read).toThrow(
			expect.objectContaining({
				userMessage: expect.objectContaining({
					description: 'The expression gives nothing for this item. Enter a number.',
				}),
			}),
		);
	});
});

it('names the option whose expression cannot be evaluated, not the whole collection', () => {
	const options = optionsOf(runWith({ extendPrompt: expression('$("No such node").item.json.a'), maxVideos: '5' }), 0);
	expect(() => options.boolean(SWITCH)).toThrow("The expression in 'Extend Prompt' could not be evaluated");
	expect(options.limit(LIMIT)).toBe(5);
});

it('reads an option that was not added as undefined', () => {
	const options = optionsOf(runWith({}), 0);
	expect(options.limit(LIMIT)).toBeUndefined();
	expect(options.number(LIMIT)).toBeUndefined();
	expect(options.text(SWITCH)).toBeUndefined();
	expect(options.boolean(SWITCH)).toBeUndefined();
	expect(options.object(OBJECT)).toEqual({});
});
