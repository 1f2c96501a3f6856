import fc from 'fast-check';

import { NoAccessToken } from '../../nodes/AkoolImageToVideo/akool/account';
import { ENDPOINTS } from '../../nodes/AkoolImageToVideo/akool/endpoints';
import { fieldOf, numberOf } from '../../nodes/AkoolImageToVideo/akool/json';
import { classifyResponse, classifyThrown } from '../../nodes/AkoolImageToVideo/transport/classify';
import { answerWithoutKeys, withoutSecrets } from '../../nodes/AkoolImageToVideo/messages/redact';
import { callMessage } from '../../nodes/AkoolImageToVideo/messages/calls';
import { isPassing, type UnsuccessfulOutcome } from '../../nodes/AkoolImageToVideo/transport/outcome';
import { MAX_ATTEMPTS, mayRepeat, retryDelayMs } from '../../nodes/AkoolImageToVideo/transport/retry';
import { anything, RUNS } from '../callbacks/fuzz';

const NOW_MS = Date.UTC(2026, 10, 20);
const FORBIDDEN = /\b(error|problem|failure|mistake)\b/i;

const OUTCOMES: UnsuccessfulOutcome[] = [
	{ kind: 'refused', code: 1003, msg: '' },
	{ kind: 'busy', code: 1005, msg: '', retryAfterMs: undefined },
	{ kind: 'busy', code: undefined, msg: '', retryAfterMs: 5_000 },
	{ kind: 'rejected', httpStatus: 403 },
	{ kind: 'notSent', reason: 'r' },
	{ kind: 'noToken', reason: 'r' },
	{ kind: 'unclear', reason: 'r' },
	{ kind: 'cancelled' },
];

describe('an answer', () => {
	it.each([
		[200, { code: 1000, data: 7 }, { kind: 'success', data: 7 }],
		[200, { code: '1000' }, { kind: 'success', data: undefined }],
		[200, { code: 1003, msg: 'm' }, { kind: 'refused', code: 1003, msg: 'm' }],
		[400, { code: 1003, msg: 'm' }, { kind: 'refused', code: 1003, msg: 'm' }],
		[200, '<html>', { kind: 'unclear' }],
		[200, '', { kind: 'unclear' }],
		[200, undefined, { kind: 'unclear' }],
		[500, { code: 1000 }, { kind: 'unclear' }],
		[502, '<html>', { kind: 'unclear' }],
		[401, '<html>', { kind: 'rejected', httpStatus: 401 }],
		[401, { code: 1101, msg: 'm' }, { kind: 'refused', code: 1101 }],
		[404, '<html>', { kind: 'rejected', httpStatus: 404 }],
		[403, { code: 1000 }, { kind: 'rejected', httpStatus: 403 }],
		[429, 'Too Many', { kind: 'busy', code: undefined }],
		[200, { code: 1005, msg: 'm' }, { kind: 'busy', code: 1005 }],
	])('with HTTP %d and %j is %j', (statusCode, body, outcome) => {
		expect(classifyResponse({ statusCode, headers: {}, body }, NOW_MS)).toMatchObject(outcome);
	});

	it.each([
		['7', 7_000],
		['Fri, 20 Nov 2026 00:00:09 GMT', 9_000],
		['soon', undefined],
		['-1', undefined],
	])('that asks to wait with Retry-After "%s" is waited for', (value, retryAfterMs) => {
		expect(classifyResponse({ statusCode: 429, headers: { 'retry-after': value }, body: '' }, NOW_MS)).toMatchObject({
			retryAfterMs,
		});
	});

	it('of whatever kind is classified without throwing, and a success only with code 1000 and no HTTP trouble', () => {
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
				expect(numberOf(value, 'statusCode') ?? 0).toBeLessThan(400);
			}),
			{ numRuns: RUNS },
		);
	});
});

describe('what a request threw', () => {
	it.each(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'])(
		'%s means that nothing was sent',
		(code) => {
			expect(classifyThrown({ cause: { cause: { code } } }).kind).toBe('notSent');
		},
	);

	it.each(['ECONNRESET', 'ECONNABORTED', 'ETIMEDOUT', 'EPIPE', 'ERR_BAD_RESPONSE', 'ENEW'])(
		'%s means that Akool may have accepted it',
		(code) => {
			expect(classifyThrown(Object.assign(new Error('x'), { code })).kind).toBe('unclear');
		},
	);

	it('is told from a credential without a token, wrapped or not', () => {
		const cause = new NoAccessToken('Client ID is empty.', false);
		expect(classifyThrown(new Error('wrapped', { cause }))).toEqual({ kind: 'noToken', reason: 'Client ID is empty.' });
		expect(classifyThrown(new NoAccessToken('none', true))).toEqual({ kind: 'notSent', reason: 'none' });
		expect(classifyThrown(new NoAccessToken('none', true, 7_000))).toEqual({
			kind: 'notSent',
			reason: 'none',
			retryAfterMs: 7_000,
		});
	});

	it('of whatever kind is classified without throwing, and never as a success', () => {
		fc.assert(
			fc.property(anything(), (value) => {
				expect(classifyThrown(value).kind).toBe('unclear');
			}),
			{ numRuns: RUNS },
		);
	});

	it('may cause itself', () => {
		const error: Record<string, unknown> = {};
		error.cause = error;
		expect(classifyThrown(error).kind).toBe('unclear');
	});
});

describe('sending again', () => {
	it('a call that spends goes again only where Akool cannot have accepted it', () => {
		for (const endpoint of [ENDPOINTS.create, ENDPOINTS.createBatch, ENDPOINTS.updateAudio]) {
			const again = OUTCOMES.filter((outcome) => mayRepeat(endpoint, outcome)).map(({ kind }) => kind);
			expect(again).toEqual(['busy', 'busy', 'notSent']);
		}
	});

	it('a read goes again after everything that may pass', () => {
		const again = OUTCOMES.filter((outcome) => mayRepeat(ENDPOINTS.results, outcome)).map(({ kind }) => kind);
		expect(again).toEqual(OUTCOMES.filter(isPassing).map(({ kind }) => kind));
		expect(again).toEqual(['busy', 'busy', 'notSent', 'unclear']);
	});

	it('exactly the calls that cost credits are marked so', () => {
		const spending = Object.entries(ENDPOINTS)
			.filter(([, { spends }]) => spends)
			.map(([name]) => name);
		expect(spending).toEqual(['create', 'createBatch', 'updateAudio']);
	});

	it('waits longer each time, never over 30 seconds, and as long as Akool asked', () => {
		fc.assert(
			fc.property(
				fc.integer({ min: 1, max: MAX_ATTEMPTS }),
				fc.double({ min: 0, max: 1, noNaN: true }),
				fc.constantFrom(...OUTCOMES),
				(attempt, random, outcome) => {
					const delayMs = retryDelayMs(attempt, outcome, random);
					expect(delayMs).toBeGreaterThanOrEqual(500 * 2 ** (attempt - 1));
					expect(delayMs).toBeLessThanOrEqual(30_000);
					if (outcome.kind === 'busy') expect(delayMs).toBeGreaterThanOrEqual(outcome.retryAfterMs ?? 0);
				},
			),
		);
		expect(retryDelayMs(1, { kind: 'busy', code: undefined, msg: '', retryAfterMs: 3_600_000 }, 0)).toBe(30_000);
		expect(retryDelayMs(1, { kind: 'notSent', reason: 'no token', retryAfterMs: 7_000 }, 0)).toBe(7_000);
	});
});

describe('faults', () => {
	it.each(OUTCOMES)('of a call say what happened and what to do: %j', (outcome) => {
		for (const endpoint of Object.values(ENDPOINTS)) {
			const { title, description } = callMessage(outcome, endpoint);
			expect(title).not.toMatch(FORBIDDEN);
			expect(title).not.toMatch(/\.$/);
			expect(description).not.toBe('');
		}
	});

	it('lose every secret, however often it stands in them', () => {
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

	it('are made of answers without the credential’s values, in fields and names of any depth', () => {
		const account = {
			authentication: 'apiKey' as const,
			apiKey: 'k3y0fAkool',
			clientId: 'Q2xpZW50',
			accessToken: '',
			baseUrl: '',
		};
		const answer = { body: { msg: 'no k3y0fAkool', data: [{ Q2xpZW50: ['k3y0fAkool'], status: 3 }] } };
		expect(answerWithoutKeys(answer, account)).toEqual({
			body: { msg: 'no ***', data: [{ '***': ['***'], status: 3 }] },
		});
		expect(answerWithoutKeys(answer, { ...account, apiKey: 'k', clientId: '' })).toBe(answer);
	});
});
