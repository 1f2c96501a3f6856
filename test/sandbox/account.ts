// The one account of the sandbox: its keys, tokens and credits.
// Rules: Authorization wins over x-api-key, as at Akool; the balance never goes below zero.
import { createHmac, randomBytes } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { Refusal } from './codes';

export const UID = 101400;
export const TEAM_ID = '6805fb69e92d9edc7ca0b409';
const DEFAULT_CREDITS = 10_000;
// Shaped like real ones: 32 characters, and base64 of 16 bytes.
const DEFAULT_API_KEY = 'SandboxKeySandboxKeySandboxKey32';
const DEFAULT_CLIENT_ID = 'U2FuZGJveENsaWVudElkMQ==';

export interface Keys {
	apiKey: string;
	clientId: string;
}

const base64url = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

export class Account {
	apiKey: string;
	clientId: string;
	credits: number;
	private readonly start: Keys & { credits: number };
	private charges: { atMs: number; credits: number }[] = [];
	private readonly tokens = new Set<string>();

	constructor({
		apiKey = DEFAULT_API_KEY,
		clientId = DEFAULT_CLIENT_ID,
		credits = DEFAULT_CREDITS,
	}: Partial<Keys> & { credits?: number }) {
		this.apiKey = apiKey;
		this.clientId = clientId;
		this.credits = credits;
		this.start = { apiKey, clientId, credits };
	}

	/** A JWT as in the vendor's sample, good until expireTokens(). */
	makeToken(clientId: unknown, clientSecret: unknown): string {
		if (typeof clientId !== 'string' || typeof clientSecret !== 'string') throw new Refusal(1003);
		// Akool's words for a wrong pair are not documented; 1109 is what a wrong key gets everywhere else.
		if (clientId !== this.clientId || clientSecret !== this.apiKey) throw new Refusal(1109);
		const text = `${base64url({ alg: 'HS256', typ: 'JWT' })}.${base64url({ uid: UID, jti: randomBytes(8).toString('hex') })}`;
		const token = `${text}.${createHmac('sha256', this.apiKey).update(text).digest('base64url')}`;
		this.tokens.add(token);
		return token;
	}

	/** @throws {Refusal} where Akool would not accept the authentication */
	checkCaller(headers: IncomingHttpHeaders): void {
		const { authorization } = headers;
		if (authorization) {
			if (!this.tokens.has(authorization.replace(/^Bearer\s+/i, ''))) throw new Refusal(1101);
			return;
		}
		const key = headers['x-api-key'];
		if (!key) throw new Refusal(1102);
		if (key === this.clientId) throw new Refusal(1109, 'account does not exist');
		if (key !== this.apiKey) throw new Refusal(1109);
	}

	/** @param shortCode the code for "not enough" */
	charge(credits: number, shortCode: number, atMs: number): void {
		if (credits > this.credits) throw new Refusal(shortCode);
		this.credits -= credits;
		this.charges.push({ atMs, credits });
	}

	/** The shown balance, without the charges of the last `lagSeconds`. */
	shownCredits(nowMs: number, lagSeconds: number): number {
		const late = this.charges.filter(({ atMs }) => atMs > nowMs - lagSeconds * 1000);
		return late.reduce((sum, { credits }) => sum + credits, this.credits);
	}

	refund(credits: number): void {
		this.credits += credits;
	}

	/** Replaces the keys: from here on only these are accepted, and callbacks are encrypted with them. */
	rotate({ apiKey = this.apiKey, clientId = this.clientId }: Partial<Keys>): void {
		this.apiKey = apiKey;
		this.clientId = clientId;
		this.expireTokens();
	}

	expireTokens(): void {
		this.tokens.clear();
	}

	reset(): void {
		this.charges = [];
		this.credits = this.start.credits;
		this.rotate(this.start);
	}
}
