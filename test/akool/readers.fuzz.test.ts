import fc from 'fast-check';

import {
	parseOrder,
	parseBalance,
	parseDelete,
	parseResults,
	parseToken,
} from '../../nodes/AkoolImageToVideo/akool/answers';
import { codeMessage } from '../../nodes/AkoolImageToVideo/messages/codes';
import { parseEffects } from '../../nodes/AkoolImageToVideo/akool/effects';
import { readEnvelope } from '../../nodes/AkoolImageToVideo/akool/envelope';
import { expiresAt } from '../../nodes/AkoolImageToVideo/akool/expiry';
import { fieldOf, listOf, numberOf, textOf } from '../../nodes/AkoolImageToVideo/akool/json';
import { limitBreaches, parseModels } from '../../nodes/AkoolImageToVideo/akool/models';
import { reachFrom } from '../../nodes/AkoolImageToVideo/akool/reach';
import { failureReason, isFinal, parseVideo, statusName } from '../../nodes/AkoolImageToVideo/akool/video';
import { parseVideoIds } from '../../nodes/AkoolImageToVideo/akool/videoIds';
import { anything, RUNS } from '../callbacks/fuzz';
import { ANY_CHARACTER } from '../support/anyCharacter';

const NAMES = [
	'_id',
	'code',
	'data',
	'result',
	'status',
	'msg',
	'successList',
	'errorList',
	'value',
	'credit',
	'token',
	'__proto__',
	'constructor',
	'toString',
];

/** Objects that are nearly what Akool sends: the right names, any values, in any depth. */
const nearly = () =>
	fc.letrec((tie) => ({
		value: fc.oneof(
			{ maxDepth: 4 },
			anything(),
			fc.constantFrom(0, 1, 2, 3, 4, 1000, '1000', '3', 'text', ''),
			tie('record'),
			fc.array(tie('value'), { maxLength: 4 }),
		),
		record: fc.dictionary(fc.constantFrom(...NAMES), tie('value'), { maxKeys: 6 }),
	})).value;

function always(check: (value: unknown) => void): void {
	fc.assert(fc.property(nearly(), check), { numRuns: RUNS });
}

describe('arbitrary answers', () => {
	it('make no reader throw, and each gives the type that it promises', () => {
		always((value) => {
			for (const name of NAMES) {
				expect(['string', 'undefined']).toContain(typeof textOf(value, name));
				const number = numberOf(value, name);
				expect(number === undefined || Number.isFinite(number)).toBe(true);
				expect(Array.isArray(listOf(value, name))).toBe(true);
			}
		});
	});

	it('are a success only with code 1000', () => {
		always((value) => {
			const envelope = readEnvelope(value);
			if (envelope.kind === 'success') expect(Number(fieldOf(value, 'code'))).toBe(1000);
			if (envelope.kind === 'refusal') expect(envelope.code).not.toBe(1000);
			if (envelope.kind === 'refusal') expect(codeMessage(envelope.code).title).not.toBe('');
		});
	});

	it('give only results, batches, deletes, models and effects that have an ID', () => {
		always((value) => {
			const { videos, unreadable } = parseResults(value);
			for (const [id, video] of videos) expect(video.id).toBe(id);
			expect(unreadable.every((row) => typeof row === 'string')).toBe(true);
			const { created, notCreated } = parseOrder(value);
			expect(created.every(({ id }) => typeof id === 'string' && id !== '')).toBe(true);
			expect(notCreated.every((reason) => typeof reason === 'string')).toBe(true);
			const { deleted, refused } = parseDelete(value);
			expect([...deleted, ...refused.keys()].every((id) => typeof id === 'string')).toBe(true);
			for (const model of parseModels(value)) {
				expect(model.value).not.toBe('');
				limitBreaches(model, {
					resolution: undefined,
					videoLengthSeconds: 5,
					count: 1,
					wantsLastFrame: true,
					wantsAudio: true,
				});
			}
			expect(parseEffects(value).every(({ code, name }) => code !== '' && name !== '')).toBe(true);
			parseBalance(value);
			parseToken(value);
		});
	});

	it('are final only with status 3 or 4', () => {
		always((value) => {
			const video = parseVideo(value);
			if (video === undefined) return;
			const said = fieldOf(video.raw, 'status');
			const isText = typeof said === 'string' || typeof said === 'number';
			expect(isFinal(video)).toBe(isText && [3, 4].includes(Number(said)));
			expect(typeof statusName(video.status)).toBe('string');
			expect(['string', 'undefined']).toContain(typeof failureReason(video));
			expect(['string', 'undefined']).toContain(typeof expiresAt(video.createTimeMs));
		});
	});

	it('give no ID that could not stand in a list, a message or a log', () => {
		const rows = fc.record({
			_id: fc.oneof(
				fc.string({ unit: ANY_CHARACTER }),
				fc.webUrl(),
				fc.constantFrom('a,b', 'a b', 'a\nb', '6891abe782f7cd2a890c44ba'),
			),
			status: fc.nat(),
		});
		fc.assert(
			fc.property(rows, (row) => {
				const video = parseVideo(row);
				expect(video?.id ?? 'none').toMatch(/^[\w.:~+=@-]+$/);
				if (row._id === '6891abe782f7cd2a890c44ba') expect(video?.id).toBe(row._id);
			}),
			{ numRuns: RUNS },
		);
	});

	it('give valid video IDs or a refusal with advice', () => {
		always((value) => {
			const outcome = parseVideoIds(value);
			if (outcome.kind === 'ids')
				expect(outcome.ids.every((id) => /^[0-9a-f]{24}$/i.test(id)) && outcome.ids.length > 0).toBe(true);
			else if (outcome.kind !== 'empty') expect(outcome.text).not.toBe('');
		});
	});

	it('are judged as addresses without throwing', () => {
		fc.assert(
			fc.property(fc.oneof(fc.webUrl(), fc.string(), fc.ipV6(), fc.domain()), fc.string(), (base, address) => {
				expect(['reachable', 'private', 'notAnAddress']).toContain(reachFrom(base, address));
			}),
			{ numRuns: RUNS },
		);
	});
});

describe('prototype keys', () => {
	const polluted: unknown = JSON.parse('{"__proto__":{"_id":"x","code":1000,"status":3}}');

	it('are never read as fields', () => {
		expect(fieldOf({}, 'constructor')).toBeUndefined();
		expect(fieldOf(polluted, '_id')).toBeUndefined();
		expect(readEnvelope(polluted)).toEqual({ kind: 'unreadable' });
		expect(parseVideo(Object.create({ _id: 'x', status: 3 }))).toBeUndefined();
	});

	it('leave all other objects unchanged', () => {
		parseResults({ result: [polluted] });
		parseVideoIds(polluted);
		expect({}).not.toHaveProperty('status');
	});
});

it('reads IDs in order and each once, however they are written', () => {
	const hex = fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 24, maxLength: 24 });
	const written = fc.constantFrom<(ids: string[]) => unknown>(
		(ids) => ids.join(','),
		(ids) => ids.join(' ,\n'),
		(ids) => JSON.stringify(ids),
		(ids) => ids,
		(ids) => ids.join().toUpperCase(),
		(ids) => ids.map((_id) => ({ _id, status: 1 })),
		(ids) => ids.map((_id) => ({ json: { _id }, pairedItem: { item: 0 } })),
		(ids) => JSON.stringify(ids.map((_id) => ({ _id }))),
		(ids) => `"${ids.join('","')}"`,
		(ids) => `['${ids.join("', '")}']`,
		(ids) => JSON.stringify(JSON.stringify(ids)),
		(ids) => ids.join(' | '),
		(ids) => ids.join(';\r\n'),
		(ids) => ids.map((id) => `\u200B${id}\u00A0`).join(','),
		(ids) => [[ids.join(',')]],
		(ids) => ids.map((id, row) => ({ id: row, video_id: id })),
		(ids) => ids.map((id) => ({ id })),
	);
	fc.assert(
		fc.property(fc.array(hex, { minLength: 1, maxLength: 30 }), written, (ids, write) => {
			expect(parseVideoIds(write([...ids, ...ids]))).toEqual({ kind: 'ids', ids: [...new Set(ids)] });
		}),
		{ numRuns: RUNS },
	);
});
