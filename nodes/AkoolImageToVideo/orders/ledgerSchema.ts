// What n8n keeps of this execution's orders at this node, as plain data. Rules that must not regress: it is read whole or not at all; a ledger that cannot be
// read stops new orders, since paying again is worse than stopping, and is never dropped.

import { isRecord, jsonText, type JsonRecord } from '../akool/json';
import { SPENDING_ENDPOINTS, type SpendingEndpoint } from './orderRequest';

/** To be raised with every change of the shape below: another version is not read. */
export const LEDGER_VERSION = 2;

const STATES = [
	/** Counted in the budget, and not sent yet. */
	'reserved',
	/** In flight. If it is found like this later, its outcome is unknown. */
	'sent',
	'created',
	/** Certainly not accepted, or never sent: any retry orders it again. */
	'refused',
	/** It may have been accepted: never sent again, unless it is cleared. */
	'unknown',
	/** Shown by evidence not to have been accepted: treated as `refused`. */
	'cleared',
] as const;

export type OrderState = (typeof STATES)[number];

/** The account before an order was sent. */
export interface BalanceBefore {
	/** Spendable credits. */
	credits: number;
	/** The ledger's spent credits at that moment. */
	booked: number;
	atMs: number;
	/** Which account, as a hash of the credential: another one's balance is no evidence. */
	account: string;
}

/** A video that an order created. */
export interface KeptVideo {
	id: string;
	/** What Akool answered to the order, without secrets. */
	row: JsonRecord;
	/** The latest status. */
	status?: number;
	/** What Akool says it charged, less refunds. */
	deduction?: number;
	/** The highest price that Akool has named for it; a deduction may go back to zero where a video failed. */
	price?: number;
}

export interface KeptOrder {
	key: string;
	slot: string;
	/** How many orders the slot had before. */
	turn: number;
	run: string;
	item: number;
	endpoint: SpendingEndpoint;
	/** The execution that sent it. */
	executionId: string;
	/** Whether Akool was given an address with the order's key. */
	carriesKey: boolean;
	/** Whether that address resumes the execution. */
	isCalledBack: boolean;
	state: OrderState;
	/** Why it was not created, or why its outcome is unknown. */
	reason: string;
	/** Akool's own code, where it answered with one. */
	code?: number;
	/** The beginning of Akool's answer, without secrets, where it says more than the videos. */
	answer: string;
	contentHash: string;
	priceKind: string;
	/** How many videos it asks for. */
	asked: number;
	/** Image, prompt and source video, to be compared with Akool's listed jobs. */
	comparedFields: JsonRecord;
	sentAtMs: number;
	before?: BalanceBefore;
	videos: KeptVideo[];
	/** Akool's reasons for the videos that it did not create; the last entry is about those that its answer does not mention. */
	shortfalls: string[];
	/** How many videos Akool's answer does not mention: they may exist, and may have been charged. */
	unmentioned: number;
	/** The failed videos of the slot's earlier orders that this one replaces. */
	replaces: string[];
}

/** Whether Akool's list may show, by the order's key, videos that its answer does not mention. */
export function isIncomplete({ state, unmentioned, carriesKey }: KeptOrder): boolean {
	return state === 'created' && unmentioned > 0 && carriesKey;
}

export interface KeptLedger {
	version: typeof LEDGER_VERSION;
	/** Random, so that keys of different ledgers differ. */
	salt: string;
	orders: KeptOrder[];
}

type Check = (value: unknown) => boolean;

const isText: Check = (value) => typeof value === 'string';
const isName: Check = (value) => typeof value === 'string' && value !== '';
const isFlag: Check = (value) => typeof value === 'boolean';
const isNumber: Check = (value) => Number.isFinite(value);
const isCount: Check = (value) => Number.isInteger(value) && Number(value) >= 0;
const oneOf =
	(...values: readonly unknown[]): Check =>
	(value) =>
		values.includes(value);
const listOf =
	(check: Check): Check =>
	(value) =>
		Array.isArray(value) && value.every(check);
const maybe =
	(check: Check): Check =>
	(value) =>
		value === undefined || check(value);
const shapedAs =
	(fields: Readonly<Record<string, Check>>): Check =>
	(value) =>
		isRecord(value) && Object.entries(fields).every(([name, check]) => check(value[name]));

const isVideo = shapedAs({
	id: isName,
	row: isRecord,
	status: maybe(isNumber),
	deduction: maybe(isNumber),
	price: maybe(isNumber),
} satisfies Record<keyof KeptVideo, Check>);

const isBefore = shapedAs({
	credits: isNumber,
	booked: isNumber,
	atMs: isNumber,
	account: isName,
} satisfies Record<keyof BalanceBefore, Check>);

const isOrder = shapedAs({
	key: isName,
	slot: isName,
	turn: isCount,
	run: isName,
	item: isCount,
	endpoint: oneOf(...SPENDING_ENDPOINTS),
	executionId: isText,
	carriesKey: isFlag,
	isCalledBack: isFlag,
	state: oneOf(...STATES),
	reason: isText,
	code: maybe(isNumber),
	answer: isText,
	contentHash: isName,
	priceKind: isName,
	asked: isCount,
	comparedFields: isRecord,
	sentAtMs: isNumber,
	before: maybe(isBefore),
	videos: listOf(isVideo),
	shortfalls: listOf(isText),
	unmentioned: isCount,
	replaces: listOf(isName),
} satisfies Record<keyof KeptOrder, Check>);

const hasShape = shapedAs({
	version: oneOf(LEDGER_VERSION),
	salt: isName,
	orders: listOf(isOrder),
} satisfies Record<keyof KeptLedger, Check>);

/** Says whether a value is a complete ledger of this version. Never throws. */
export function isLedger(value: unknown): value is KeptLedger {
	return hasShape(value);
}

const ID_FIELD = /"_id":\s*"?([\w.-]{1,64})/g;
const VIDEO_ID = /\b[0-9a-f]{24}\b/gi;
/** Looks like a video's ID, but is not one. */
const TEAM_FIELD = /"team_id":\s*"[^"]*"/g;

/** Every video ID in a ledger that cannot be read, so that the user can check the videos. Never throws. */
export function idsWithin(value: unknown): string[] {
	const text = jsonText(value).replace(TEAM_FIELD, '');
	const named = [...text.matchAll(ID_FIELD)].flatMap(([, id]) => id ?? []);
	return [...new Set([...named, ...(text.match(VIDEO_ID) ?? [])])];
}
