import { ANSWER_STATUS_CODES } from '../../nodes/AkoolImageToVideo/callbacks/answer';

describe('the answer to a call', () => {
	it('is 200 only if Akool need not call again', () => {
		const done = Object.entries(ANSWER_STATUS_CODES).filter(([, status]) => status === 200);
		expect(done.map(([ending]) => ending)).toEqual(['done']);
	});

	it('is 400 for what is no callback, 401 for one that is not trusted, 503 for one to send again', () => {
		expect(ANSWER_STATUS_CODES).toMatchObject({ malformed: 400, refused: 401, callAgain: 503 });
	});
});
