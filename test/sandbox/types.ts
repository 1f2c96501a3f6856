// The types that the sandbox and its users (tests, scenarios, bench, demo) exchange. Rule: whatever they exchange is described here once, so
// that a field which is renamed turns up everywhere at compile time.
import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import type { Clock } from '../../nodes/AkoolImageToVideo/clock';

/** A JSON object that is not checked yet. */
export type Json = Record<string, unknown>;
export type Outgoing = ServerResponse;

/**
 * What orders cost: the first rule that fits decides, else the vendor's price table. Orders are counted from 1 since the start or the last reset;
 * a batch is one order, and each of its videos costs the price.
 */
export interface PriceRule {
	on?: JobKind;
	/** Fields of the request's body that have to be equal. */
	match?: Json;
	/** The first and the last order that it is for. */
	from?: number;
	to?: number;
	/** What is charged. */
	credits: number;
	/** What the answer of the order says instead. */
	said?: unknown;
	/** What later results say instead. */
	later?: unknown;
}

/** The settings; the defaults are in settings.ts. Over JSON, null stands for Infinity. */
export interface Settings {
	/** Time in status 1; Infinity = stays there. */
	queueSeconds: number;
	/** Time in status 2 after the queue; Infinity = until finishJob. */
	jobSeconds: number;
	/** How long after a job changed its results and the list show it; callbacks are on time. */
	resultLagSeconds: number;
	/** Pause before a callback that was not answered 200 is sent again. */
	repeatCallbackSeconds: number;
	/** How often one callback is sent at most. */
	callbackTries: number;
	/** Callbacks with a progress between that of status 2 and the last one. */
	progressCallbacks: number;
	/** What callbacks are encrypted with; empty = what the account has. */
	callbackApiKey: string;
	callbackClientId: string;
	/** How long a finished video can be fetched. */
	fileSeconds: number;
	/** How long after the end its file is not there yet, and what is answered until then. */
	fileLagSeconds: number;
	fileLagStatus: number;
	/** Size of finished videos; 0 = as they are. */
	videoMiB: number;
	/** Whether videos show the given image (see zoomVideo.ts); otherwise they are all the same small one. */
	imageVideos: boolean;
	/** Whether Akool fetches images and audio, so that a job whose input cannot be had fails; from this machine only. */
	fetchInputs: boolean;
	/** How long after the order it fetches them. */
	fetchAfterSeconds: number;
	/** What orders cost. */
	prices: PriceRule[];
	/** 1006 or 1104: both are documented, so both must be understood. */
	shortOfCreditsCode: number;
	/** How long after an order the balance shows what it cost. */
	balanceLagSeconds: number;
	/** `lock_credit` of the balance; null = there is no such field. */
	lockCredit: number | null;
	/** How many orders a minute are taken; more are refused with 1005. */
	ordersPerMinute: number;
	/** How many jobs may run at once; more are refused with 1005. */
	runningJobs: number;
	/** Whether the undocumented list of videos exists; without it, HTTP 404. */
	listEnabled: boolean;
	/** The code that the list is refused with; 1000 = it answers. */
	listCode: number;
	/** How long after an order its video is in the list. */
	listLagSeconds: number;
	/** Entries that the list of models has besides, of any shape; those that are models can be ordered with. */
	extraModels: unknown[];
	/** false = a free account: 10 seconds, premium and paid models are refused with 1213. */
	subscribed: boolean;
	/** Whether a failed video gives its credits back. */
	refundFailed: boolean;
	/** The field that says why a job failed, in results and callbacks; empty = none says it, as in the vendor's examples. */
	failureField: string;
	failureReason: unknown;
}

export interface StartOptions {
	/** 0 = any free one. */
	port?: number;
	/** What the sandbox calls itself in its answers, for a browser and an n8n that find it under another name; its own address unless given. */
	publicUrl?: string;
	credits?: number;
	apiKey?: string;
	clientId?: string;
	/** The clock of everything, callbacks and delays included; real time if none is passed in. */
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

export type InputField = 'image_url' | 'last_image_url' | 'audio_url';
export type JobKind = 'create' | 'batch' | 'audio';
export type JobOutcome = 3 | 4;

export interface NewJob {
	kind: JobKind;
	/** The request as it came. */
	body: Json;
	fields: JobFields;
	lengthSeconds: number;
	price: Price;
	/** Of an audio job: when its source video was done. */
	sourceUpdatedMs?: number;
}

/** What an order costs, and what is said of it. */
export interface Price {
	credits: number;
	said: unknown;
	later: unknown;
}

export interface Job extends NewJob {
	_id: string;
	/** Its ID as answers show it; a text like any other, unless a fault says otherwise. */
	shownId: unknown;
	created_ms: number;
	processingAtMs: number;
	endsAtMs: number;
	outcome: JobOutcome;
	videoMiB: number;
	/** What it shows; the small sample where nothing was made for it. */
	video?: Buffer;
	/** Whether its end is still open, since its inputs are not fetched yet. */
	isWaiting: boolean;
	/** When it would end if its inputs were at hand. */
	plannedEndMs: number;
	/** Why it failed, where that is known. */
	failure?: string;
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

/** How a callback differs from a true one; what is left out is as in a true one. */
interface CallbackForgery {
	clientId?: string;
	apiKey?: string;
	timestamp?: number;
	nonce?: string | number;
	breakSignature?: boolean;
	plaintext?: string;
}

/** A fault that a test asks for; faults.ts has the table of kinds and says which of these options a kind reads. */
export interface FaultOptions extends CallbackForgery {
	on: string;
	kind: string;
	/** null stands for Infinity, which JSON cannot carry. */
	times?: number | null;
	/** How many requests are not affected before it occurs. */
	after?: number;
	/** How long it keeps occurring after its first time. */
	forSeconds?: number;
	accepted?: boolean;
	status?: number;
	value?: unknown;
	body?: string | object;
	answer?: Json;
	code?: number;
	msg?: string;
	retryAfterSeconds?: number;
	location?: string;
	seconds?: number;
	ms?: number;
	bytes?: number;
	hard?: boolean;
	price?: unknown;
	shape?: string;
	field?: string;
	url?: string;
	type?: string;
	made?: number;
	ids?: string[];
	when?: 'create' | 'processing';
	replaces?: boolean;
}

export interface Fault extends FaultOptions {
	times: number;
	after: number;
	/** How often it could have occurred. */
	seen: number;
	/** How often it did. */
	hits: number;
	/** When it stops, once it has begun. */
	endsAtMs?: number;
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
	/** The kind of the fault that occurred. */
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
	outcome: 'answered' | 'unreachable' | 'skipped' | 'lost' | 'hungUp';
}

/** One attempt of this Akool to fetch what a job was given. */
export interface InputFetch {
	_id: string;
	field: InputField;
	url: string;
	/** null: nobody answered, or it was not tried. */
	httpStatus: number | null;
	bytes: number;
	type: string;
	atMs: number;
	outcome: 'fetched' | 'failed' | 'skipped';
}

/** A callback sent by hand; what is left out is as in a true one. */
export interface CallbackOrder extends CallbackForgery {
	url?: string;
	id: string;
	status: number;
	videoUrl?: string;
	/** Of a callback on the way to the end, 0 to 100. */
	progress?: number;
	/** Copies, all sent at once. */
	times?: number;
}

/** What is wrong with a certificate of the TLS front. */
export type CertificateKind =
	| 'good'
	| 'selfSigned'
	/** The root is shown, but nobody trusts it. */
	| 'rootInChain'
	/** The issuer is neither shown nor known. */
	| 'leafAlone'
	| 'expired'
	| 'notYetValid'
	| 'otherHost';

/** What becomes of a TLS handshake. */
export type HandshakeFault = 'closed' | 'reset' | 'garbage' | 'silent' | 'closedAfter';

export interface EnvelopeOptions {
	clientId: string;
	apiKey: string;
	timestamp: number;
	nonce: string | number;
	breakSignature?: boolean;
}

/** The body of a callback. */
export interface EnvelopeBody {
	signature: string;
	dataEncrypt: string;
	timestamp: number;
	nonce: string | number;
}

/** What an endpoint answers. */
export interface Answer {
	code: unknown;
	msg?: string;
	data?: unknown;
	token?: string;
}

export interface MediaFile {
	type: string;
	bytes: number;
	/** `end` is the last byte, inclusive. */
	open: (start: number, end: number) => Readable;
	/** It comes in chunks, and nobody knows how many. */
	noLength?: boolean;
	/** A Range header is ignored. */
	noRanges?: boolean;
	/** It ends half way. */
	isCut?: boolean;
	/** It comes so much later. */
	waitSeconds?: number;
}

/** What is at an address: a file, or an HTTP status that says why not. */
export type FoundFile = MediaFile | { status: number; location?: string };

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
