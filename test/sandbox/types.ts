// The types that the sandbox and its users (tests, scenarios, bench, demo) exchange. Rule: whatever crosses that line is described here once, so
// that a field which is renamed turns up everywhere at compile time.
import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import type { Clock } from '../../nodes/AkoolImageToVideo/clock';

/** A JSON object that nobody has looked at yet. */
export type Json = Record<string, unknown>;
export type Outgoing = ServerResponse;

/** What can be turned; the defaults are in settings.ts. */
export interface Settings {
	/** Time in status 1; Infinity (null over JSON) = stays there. */
	queueSeconds: number;
	/** Time in status 2 after the queue; Infinity = until finishJob. */
	jobSeconds: number;
	/** Pause before a callback that was not answered 200 is sent again. */
	repeatCallbackSeconds: number;
	/** How often one callback is sent at most. */
	callbackTries: number;
	/** How long a finished video can be fetched. */
	fileSeconds: number;
	/** Size of finished videos; 0 = the small real sample. */
	videoMiB: number;
	/** 1006 or 1104: both are documented, so both must be understood. */
	shortOfCreditsCode: number;
	/** Whether the undocumented list of videos exists. */
	listEnabled: boolean;
	/** false = a free account: 10 seconds, premium and paid models are refused with 1213. */
	subscribed: boolean;
	/** Whether a failed video gives its credits back. */
	refundFailed: boolean;
}

export interface StartOptions {
	/** 0 = any free one. */
	port?: number;
	credits?: number;
	apiKey?: string;
	clientId?: string;
	/** What everything goes by, callbacks and delays included; real time where none is passed in. */
	clock?: Clock;
	/** Real time with another date: shorthand for a clock that differs in nothing else. */
	now?: () => number;
}
export type SandboxOptions = Partial<Settings> & StartOptions;

/** What a job was asked for, under the names of the answers. */
export interface JobFields {
	image_url: string;
	prompt: string;
	negative_prompt: string;
	extend_prompt: boolean;
	webhookUrl: string;
	resolution?: string;
	audio_type?: number;
	audio_url?: string;
	effect_code?: string;
	effect_name?: string;
	model_name?: string;
	last_image_url?: string;
	batch_id?: string;
	batch_count?: number;
	pre_video_id?: string;
}

export type JobKind = 'create' | 'batch' | 'audio';
export type JobOutcome = 3 | 4;

export interface NewJob {
	kind: JobKind;
	/** The request as it came. */
	body: Json;
	fields: JobFields;
	lengthSeconds: number;
	deduction_credit: number;
	/** Of an audio job: when its source video was done. */
	sourceUpdatedMs?: number;
}

export interface Job extends NewJob {
	_id: string;
	created_ms: number;
	processingAtMs: number;
	endsAtMs: number;
	outcome: JobOutcome;
	videoMiB: number;
	deleted: boolean;
	refunded: boolean;
}

/** A job as a test sees it; a snapshot. */
export interface JobView {
	_id: string;
	kind: JobKind;
	body: Json;
	status: number;
	deduction_credit: number;
	created_ms: number;
	webhookUrl: string;
	video_url: string;
	deleted: boolean;
}

/** A fault that a test asks for; faults.ts has the table of kinds. */
export interface FaultOptions {
	on: string;
	kind: string;
	/** null stands for Infinity, which JSON cannot carry. */
	times?: number | null;
	/** How many pass unharmed before it strikes. */
	after?: number;
	accepted?: boolean;
	/** The same, as the kind `hang` calls it. */
	accept?: boolean;
	status?: number;
	body?: string | object;
	code?: number;
	msg?: string;
	retryAfterSeconds?: number;
	ms?: number;
	made?: number;
	ids?: string[];
	when?: 'create' | 'processing';
	replaces?: boolean;
	clientId?: string;
	apiKey?: string;
	timestamp?: number;
	nonce?: string | number;
	breakSignature?: boolean;
	plaintext?: string;
}

export interface Fault extends FaultOptions {
	times: number;
	after: number;
	/** How often it could have struck. */
	seen: number;
	/** How often it did. */
	hits: number;
}

/** One request as it came in. */
export interface RequestEntry {
	/** A name of faults.ts, or `unknown`. */
	endpoint: string;
	method: string;
	/** With the query. */
	path: string;
	headers: IncomingHttpHeaders;
	/** Parsed JSON, else the text. */
	body: unknown;
	atMs: number;
	/** The HTTP status; the fault's kind where none was sent; null while it runs. */
	answered: number | string | null;
	/** The kind of the fault that struck. */
	fault?: string;
}

/** One attempt to deliver a callback. */
export interface Delivery {
	url: string;
	_id: string;
	status: number;
	/** null: nobody answered. */
	httpStatus: number | null;
	attempt: number;
	atMs: number;
	outcome: 'answered' | 'unreachable' | 'skipped' | 'lost';
}

/** A callback sent by hand; what is left out is as in a true one. */
export interface CallbackOrder {
	url?: string;
	id: string;
	status: number;
	videoUrl?: string;
	clientId?: string;
	apiKey?: string;
	timestamp?: number;
	nonce?: string | number;
	breakSignature?: boolean;
	plaintext?: string;
	/** Copies, all sent at once. */
	times?: number;
}

export interface SealOptions {
	clientId: string;
	apiKey: string;
	timestamp: number;
	nonce: string | number;
	breakSignature?: boolean;
}

/** The body of a callback. */
export interface SealedBody {
	signature: string;
	dataEncrypt: string;
	timestamp: number;
	nonce: string | number;
}

/** What an endpoint answers. */
export interface Answer {
	code: number;
	msg?: string;
	data?: unknown;
	token?: string;
}

export interface MediaFile {
	type: string;
	bytes: number;
	/** `end` is the last byte, inclusive. */
	open: (start: number, end: number) => Readable;
}

export interface Resolution {
	label: string;
	value: string;
	width: number;
	height: number;
	unit_credit: number;
}

export interface AudioOffer {
	required: boolean;
	type: boolean;
	default: boolean;
	extra_credit_multiplier: number;
}

/** One entry of the model list. */
export interface Model {
	sort: number;
	group: string;
	provider: string;
	type: number;
	label: string;
	value: string;
	description: string;
	resolutionList: Resolution[];
	isPro: boolean;
	generate_audio: AudioOffer | boolean | null;
	durationList: number[];
	requiresPay: boolean;
	supportedLastFrame: boolean;
	supportedExtendPrompt: boolean;
	maxImageCount: number;
	maxCount: number;
}

export interface EffectEntry {
	_id: string;
	name: string;
	effect_code: string;
}

/** A row of an answer, as caller.ts reads it. */
export type Row = Json & {
	_id: string;
	status: number;
	update_time: number;
	create_time: number;
	video_url: string;
};

export interface CallAnswer {
	code: number;
	msg: string;
	data: Row & { result: Row[]; successList: Row[]; errorList: Row[]; count: number };
	token: string;
}
