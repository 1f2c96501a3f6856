import fc from 'fast-check';

import { NoAccessToken } from '../../nodes/AkoolImageToVideo/akool/account';
import { ENDPOINTS } from '../../nodes/AkoolImageToVideo/akool/endpoints';
import { fieldOf } from '../../nodes/AkoolImageToVideo/akool/json';
import { classifyResponse, classifyThrown } from '../../nodes/AkoolImageToVideo/transport/classify';
import { answerWithoutKeys, withoutSecrets } from '../../nodes/AkoolImageToVideo/messages/redact';
import { callMessage } from '../../nodes/AkoolImageToVideo/messages/calls';
import { isTransient, mayBeAccepted, type UnsuccessfulOutcome } from '../../nodes/AkoolImageToVideo/transport/outcome';
import { MAX_ATTEMPTS, mayRepeat, retryDelayMs } from '../../nodes/AkoolImageToVideo/transport/retry';
import { anything, RUNS } from '../callbacks/fuzz';

const NOW_MS = Date.UTC(2026, 10, 20);
const FORBIDDEN = /\b(error|problem|failure|mistake)\b/i;

const OUTCOMES: UnsuccessfulOutcome[] = [
	{ kind: 'apiError', code: 1003, msg: '', answer: '', httpStatus: 200 },
	{ kind: 'apiError', code: 1015, msg: '', answer: '', httpStatus: 200 },
	{ kind: 'rateLimited', code: 1005, msg: '', retryAfterMs: undefined },
	{ kind: 'rateLimited', code: undefined, msg: '', retryAfterMs: 5_000 },
	{ kind: 'httpError', httpStatus: 403, answer: '' },
	{ kind: 'notSent', reason: 'r' },
	{ kind: 'authFailed', reason: 'r' },
	{ kind: 'unknown', reason: 'r' },
	{ kind: 'canceled' },
];

function expectAcceptance(code: number, mayBe: boolean): void {
	for (const statusCode of [200, 400, 500, 503]) {
		const outcome = classifyResponse({ statusCode, body: { code, msg: '' } }, NOW_MS);
		expect(outcome.kind).toBe('apiError');
		if (outcome.kind !== 'success') expect(mayBeAccepted(outcome)).toBe(mayBe);
	}
}

describe('an answer', () => {
	it.each([
		[200, { code: 1000, data: 7 }, { kind: 'success', data: 7 }],
		[200, { code: '1000' }, { kind: 'success', data: undefined }],
		[500, { code: 1000, data: 7 }, { kind: 'success', data: 7 }],
		[502, { code: 1000, data: 7 }, { kind: 'success', data: 7 }],
		[429, { code: 1000, data: 7 }, { kind: 'success', data: 7 }],
		[403, { code: 1000, data: 7 }, { kind: 'success', data: 7 }],
		[200, { code: 1003, msg: 'm' }, { kind: 'apiError', code: 1003, msg: 'm', httpStatus: 200 }],
		[400, { code: 1003, msg: 'm' }, { kind: 'apiError', code: 1003, msg: 'm' }],
		[500, { code: 1003, msg: 'm' }, { kind: 'apiError', code: 1003, msg: 'm' }],
		[429, { code: 1003, msg: 'm' }, { kind: 'apiError', code: 1003, msg: 'm' }],
		[200, { code: 1015, msg: 'm' }, { kind: 'apiError', code: 1015, answer: '{"code":1015,"msg":"m"}' }],
		[429, { code: 1015, msg: 'm' }, { kind: 'rateLimited', code: 1015 }],
		[429, { code: 429, msg: 'm' }, { kind: 'rateLimited', code: 429 }],
		[200, '<html>', { kind: 'unknown', answer: '<html>' }],
		[200, '', { kind: 'unknown' }],
		[200, undefined, { kind: 'unknown' }],
		[502, '<html>', { kind: 'unknown' }],
		[408, '<html>', { kind: 'unknown' }],
		[0, '', { kind: 'unknown' }],
		[401, '<html>', { kind: 'httpError', httpStatus: 401 }],
		[401, { code: 1101, msg: 'm' }, { kind: 'apiError', code: 1101 }],
		[407, '<html>', { kind: 'notSent' }],
		[404, '<html>', { kind: 'httpError', httpStatus: 404 }],
		[429, 'Too Many', { kind: 'rateLimited', code: undefined }],
		[200, { code: 1005, msg: 'm' }, { kind: 'rateLimited', code: 1005 }],
		[500, { code: 1005, msg: 'm' }, { kind: 'rateLimited', code: 1005 }],
	])('with HTTP %d and %j is %j', (statusCode, body, outcome) => {
		expect(classifyResponse({ statusCode, headers: {}, body }, NOW_MS)).toMatchObject(outcome);
	});

	it.each([
		['7', 7_000],
		['Fri, 20 Nov 2026 00:00:09 GMT', 9_000],
		['soon', undefined],
		['-1', undefined],
	])('with Retry-After "%s" is waited for', (value, retryAfterMs) => {
		expect(classifyResponse({ statusCode: 429, headers: { 'retry-after': value }, body: '' }, NOW_MS)).toMatchObject({
			retryAfterMs,
		});
	});

	it('of unknown meaning is kept in its beginning', () => {
		const outcome = classifyResponse({ statusCode: 502, body: 'x'.repeat(5_000) }, NOW_MS);
		expect(outcome).toMatchObject({ kind: 'unknown', answer: `${'x'.repeat(2_000)}…` });
	});

	it.each([1003, 1004, 1006, 1008, 1009, 1010, 1011, 1013, 1014, 1101, 1102, 1103, 1104, 1109, 1200, 1213, 1221, 1222])(
		'with code %d means that nothing was accepted',
		(code) => expectAcceptance(code, false),
	);

	it.each([0, 1, 999, 1001, 1002, 1007, 1012, 1015, 1016, 1017, 1105, 1110, 1201, 1205, 1220, 1223, 2001, 500, -1])(
		'with code %d does not say whether it was accepted',
		(code) => expectAcceptance(code, true),
	);

	it('of any kind is classified without throwing, and is a success only with code 1000', () => {
		const response = fc.oneof(
			anything(),
			fc.record({
				statusCode: fc.oneof(fc.integer({ min: 0, max: 700 }), anything()),
				headers: anything(),
				body: fc.oneof(anything(), fc.record({ code: fc.oneof(fc.constantFrom(1000, 1003, '1000'), anything()) })),
			}),
		);
		fc.assert(
			fc.property(response, (value) => {
				const outcome = classifyResponse(value, NOW_MS);
				if (outcome.kind !== 'success') return;
				expect(Number(fieldOf(fieldOf(value, 'body'), 'code'))).toBe(1000);
			}),
			{ numRuns: RUNS },
		);
	});
});

describe('a thrown error', () => {
	it.each(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'])(
		'%s means that nothing was sent',
		(code) => {
			expect(classifyThrown({ cause: { cause: { code } } }).kind).toBe('notSent');
		},
	);

	it.each(['ECONNRESET', 'ECONNABORTED', 'ETIMEDOUT', 'EPIPE', 'ERR_BAD_RESPONSE', 'ENEW'])(
		'%s means that Akool may have accepted it',
		(code) => {
			expect(classifyThrown(Object.assign(new Error('x'), { code })).kind).toBe('unknown');
		},
	);

	it('of a credential without a token is recognized, wrapped or not', () => {
		const cause = new NoAccessToken('Client ID is empty.', false);
		expect(classifyThrown(new Error('wrapped', { cause }))).toEqual({
			kind: 'authFailed',
			reason: 'Client ID is empty.',
		});
		expect(classifyThrown(new NoAccessToken('none', true))).toEqual({ kind: 'notSent', reason: 'none' });
		expect(classifyThrown(new NoAccessToken('none', true, 7_000))).toEqual({
			kind: 'notSent',
			reason: 'none',
			retryAfterMs: 7_000,
		});
	});

	it('of any kind is classified without throwing, and never as a success', () => {
		fc.assert(
			fc.property(anything(), (value) => {
				expect(classifyThrown(value).kind).toBe('unknown');
			}),
			{ numRuns: RUNS },
		);
	});

	it('that causes itself is classified', () => {
		const error: Record<string, unknown> = {};
		error.cause = error;
		expect(classifyThrown(error).kind).toBe('unknown');
	});
});

describe('repeating a request', () => {
	it('is allowed for a call that spends only if Akool cannot have accepted it', () => {
		for (const endpoint of [ENDPOINTS.create, ENDPOINTS.createBatch, ENDPOINTS.updateAudio]) {
			const again = OUTCOMES.filter((outcome) => mayRepeat(endpoint, outcome)).map(({ kind }) => kind);
			expect(again).toEqual(['rateLimited', 'rateLimited', 'notSent']);
		}
	});

	it('is allowed for a read after everything transient', () => {
		const again = OUTCOMES.filter((outcome) => mayRepeat(ENDPOINTS.results, outcome)).map(({ kind }) => kind);
		expect(again).toEqual(OUTCOMES.filter(isTransient).map(({ kind }) => kind));
		expect(again).toEqual(['rateLimited', 'rateLimited', 'notSent', 'unknown']);
	});

	it('counts exactly the calls that cost credits as such', () => {
		const spending = Object.entries(ENDPOINTS)
			.filter(([, { spends }]) => spends)
			.map(([name]) => name);
		expect(spending).toEqual(['create', 'createBatch', 'updateAudio']);
	});

	it('waits longer each time, up to 30 seconds, and as long as Akool asked', () => {
		fc.assert(
			fc.property(
				fc.integer({ min: 1, max: MAX_ATTEMPTS }),
				fc.double({ min: 0, max: 1, noNaN: true }),
				fc.constantFrom(...OUTCOMES),
				(attempt, random, outcome) => {
					const delayMs = retryDelayMs(attempt, outcome, random);
					expect(delayMs).toBeGreaterThanOrEqual(500 * 2 ** (attempt - 1));
					expect(delayMs).toBeLessThanOrEqual(30_000);
					if (outcome.kind === 'rateLimited') expect(delayMs).toBeGreaterThanOrEqual(outcome.retryAfterMs ?? 0);
				},
			),
		);
		expect(retryDelayMs(1, { kind: 'rateLimited', code: undefined, msg: '', retryAfterMs: 3_600_000 }, 0)).toBe(30_000);
		expect(retryDelayMs(1, { kind: 'notSent', reason: 'no token', retryAfterMs: 7_000 }, 0)).toBe(7_000);
	});
});

describe('secrets', () => {
	it.each(OUTCOMES)('of a call say what happened and what to do: %j', (outcome) => {
		for (const endpoint of Object.values(ENDPOINTS)) {
			const { title, description } = callMessage(outcome, endpoint);
			expect(title).not.toMatch(FORBIDDEN);
			expect(title).not.toMatch(/\.$/);
			expect(description).not.toBe('');
		}
	});

	it('are removed from errors, however often they occur', () => {
		const account = {
			authentication: 'apiKey' as const,
			apiKey: 'key.*1',
			clientId: '',
			accessToken: 'tok',
			baseUrl: '',
		};
		expect(withoutSecrets('key.*1 and key.*1 and tok', account)).toBe('*** and *** and ***');
		expect(withoutSecrets('nothing', { ...account, apiKey: '', accessToken: '' })).toBe('nothing');
		expect(withoutSecrets('for Q2xpZW50', { ...account, clientId: 'Q2xpZW50' })).toBe('for ***');
	});

	it('are removed from answers, in names and values of any depth', () => {
		const account = {
			authentication: 'apiKey' as const,
			apiKey: 'k3y0fAkool',
			clientId: 'Q2xpZW50',
			accessToken: '',
			baseUrl: '',
		};
		const answer = { body: { msg: 'no k3y0fAkool', data: [{ Q2xpZW50: ['k3y0fAkool'], status: 3 }] } };
		expect(answerWithoutKeys(answer, [account])).toEqual({
			body: { msg: 'no ***', data: [{ '***': ['***'], status: 3 }] },
		});
		expect(answerWithoutKeys(answer, [{ ...account, apiKey: 'k', clientId: '' }])).toBe(answer);
	});
});
