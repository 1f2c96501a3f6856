// Owns what has to be said before real credits are spent. Rule: no price is promised, the balance is shown, and silence means no.
import { createInterface } from 'node:readline/promises';
import axios from 'axios';
import { ScriptError } from './steps';
import type { AkoolAccount } from '../../test/e2e/driver/environment';

const BALANCE_PATH = '/api/open/v3/faceswap/quota/info';
const SUCCESS_CODE = 1000;
const TIMEOUT_MS = 30_000;
/** For 5 seconds at 720p without audio: what Akool's documentation says, and the most that users have reported. */
const DOCUMENTED_CREDITS = 20;
const REPORTED_CREDITS = 100;

/** @returns credits */
async function readBalance({ apiKey, baseUrl }: AkoolAccount): Promise<number> {
	const advice = 'Check AKOOL_API_KEY (the API Key, not the client ID) and the connection, then run this again.';
	const options = { headers: { 'x-api-key': apiKey }, timeout: TIMEOUT_MS, validateStatus: () => true };
	const { status, data } = await axios.get(`${baseUrl}${BALANCE_PATH}`, options).catch((error) => {
		throw new ScriptError(`Akool could not be reached at ${baseUrl}: ${error.message || error.code}.`, advice);
	});
	// Akool answers a wrong key with HTTP 200 as well: only the code in the body counts.
	if (data?.code !== SUCCESS_CODE)
		throw new ScriptError(`Akool gave no balance (HTTP ${status}, code ${data?.code}: ${data?.msg}).`, advice);
	return data.data.credit;
}

/**
 * Says what a real video may cost and asks whether to make it.
 * @param agreed whether the person has said yes already, on the command line
 * @throws {ScriptError} unless the answer is yes
 */
export async function confirmSpending(account: AkoolAccount, agreed: boolean) {
	const balance = await readBalance(account);
	console.log(`
This makes one real video (5 seconds, 720p, no audio) on the account of AKOOL_API_KEY at ${account.baseUrl}.
The account has ${balance} credits. Akool has no call that tells a price: its documentation says ${DOCUMENTED_CREDITS} credits for such a video,
users have been charged ${REPORTED_CREDITS}. Count on ${REPORTED_CREDITS}; Akool sets the price, so nobody can rule out more. What was really taken is shown afterwards.
`);
	if (agreed) return;
	if (!process.stdin.isTTY)
		throw new ScriptError(
			'Nobody is here to say yes, so nothing was spent.',
			'Add --yes to agree on the command line.',
		);
	const terminal = createInterface({ input: process.stdin, output: process.stdout });
	const answer = await terminal.question('Make it? [y/N] ');
	terminal.close();
	if (!/^y(es)?$/i.test(answer.trim()))
		throw new ScriptError('Nothing was made and nothing was spent.', 'Answer "y" to make the video.');
}
