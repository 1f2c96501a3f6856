import { readAccount } from '../../nodes/AkoolImageToVideo/akool/account';
import { answerWithoutKeys, withoutSecrets } from '../../nodes/AkoolImageToVideo/messages/redact';

const account = readAccount({
	apiKey: 'Key+/0123456789==',
	clientId: 'Q2xpZW50SWQwMDAwMQ==',
	accessToken: 'to.ken-12345',
});
const MARK = '***';

describe('a text without secrets', () => {
	it.each([
		['a key', `x ${account.apiKey} y`, `x ${MARK} y`],
		['a key in an address', `?k=${encodeURIComponent(account.apiKey)}&b=1`, `?k=${MARK}&b=1`],
		['a token', `Bearer ${account.accessToken}`, `Bearer ${MARK}`],
		['a client ID in an address', encodeURIComponent(account.clientId), MARK],
		[
			'a resume address',
			'https://n8n.test/webhook-waiting/1?signature=abc.def-1',
			`https://n8n.test/webhook-waiting/1?signature=${MARK}`,
		],
		[
			'a resume address among others',
			'"/webhook-waiting/1?a=b&signature=abc" and more',
			`"/webhook-waiting/1?a=b&signature=${MARK}" and more`,
		],
		['a signed link', '/rest/binary-data/signed?token=abc.def.ghi', `/rest/binary-data/signed?token=${MARK}`],
		[
			'a link within a link',
			'https://x.test/?u=https%3A%2F%2Fn8n.test%2F1%3Fsignature%3Dabc',
			`https://x.test/?u=https%3A%2F%2Fn8n.test%2F1%3Fsignature%3D${MARK}`,
		],
		['a link in a page', '<a href="/1?signature=abc">', `<a href="/1?signature=${MARK}">`],
	])('masks %s', (_, text, shown) => {
		expect(withoutSecrets(text, account)).toBe(shown);
	});
});

describe('an answer without keys', () => {
	it('is the same object if it holds no key', () => {
		const answer = { code: 1000, data: { result: [{ _id: '1', webhookUrl: 'https://n8n.test/1?signature=abc' }] } };
		expect(answerWithoutKeys(answer, [account])).toBe(answer);
		expect(answerWithoutKeys(answer, [])).toBe(answer);
	});

	it('has no key in names and values', () => {
		const answer = { msg: `no ${account.apiKey}`, [account.accessToken]: [encodeURIComponent(account.clientId)] };
		expect(answerWithoutKeys(answer, [account])).toEqual({ msg: `no ${MARK}`, [MARK]: [MARK] });
	});

	it('has no key at any depth', () => {
		let deep: unknown = account.apiKey;
		for (let level = 0; level < 100_000; level++) deep = level % 2 === 0 ? [deep] : { deep };
		const shown = answerWithoutKeys({ code: 1003, msg: account.apiKey, data: deep }, [account]);
		expect(JSON.stringify(shown)).not.toContain(account.apiKey);
		expect(shown).toMatchObject({ code: 1003, msg: MARK });
	});
});
