// Owns the language model of the tests: it speaks as OpenAI's chat completions do, and says what it was told to say.
import { randomUUID } from 'node:crypto';
import { serve } from '../../support/localServer';

export type Message = {
	role: string;
	content: string | null;
	tool_calls?: { id: string; type: 'function'; function: { name: string; arguments: string } }[];
};
type Question = {
	messages: Message[];
	tools?: { function: { name: string; description: string; parameters: object } }[];
	stream?: boolean;
	model: string;
};

/** What to call a tool with; n8n knows a call by its ID. */
export const callTool = (name: string, values: object): Message => ({
	role: 'assistant',
	content: null,
	tool_calls: [{ id: randomUUID(), type: 'function', function: { name, arguments: JSON.stringify(values) } }],
});

export const say = (content: string): Message => ({ role: 'assistant', content });

/** The answer as one event of a stream, or as one object. */
function answerTo({ stream, model }: Question, message: Message) {
	const base = { id: 'answer', created: 1, model };
	const finish_reason = message.tool_calls ? 'tool_calls' : 'stop';
	if (!stream) {
		const usage = { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 };
		return JSON.stringify({
			...base,
			object: 'chat.completion',
			choices: [{ index: 0, message, finish_reason }],
			usage,
		});
	}
	const delta = { ...message, tool_calls: message.tool_calls?.map((call, index) => ({ index, ...call })) };
	return `data: ${JSON.stringify({ ...base, object: 'chat.completion.chunk', choices: [{ index: 0, delta, finish_reason }] })}\n\ndata: [DONE]\n\n`;
}

/** @returns `url` for n8n's credential `openAiApi` */
export async function startLanguageModel(
	script: (question: Question, questionsBefore: number) => Message,
): Promise<{ url: string; questions: Question[]; close: () => Promise<void> }> {
	const questions: Question[] = [];
	const server = await serve(async (request, response) => {
		let text = '';
		for await (const chunk of request) text += chunk;
		const question: Question = JSON.parse(text);
		const message = script(question, questions.length);
		questions.push(question);
		response.writeHead(200, { 'content-type': question.stream ? 'text/event-stream' : 'application/json' });
		response.end(answerTo(question, message));
	});
	return { url: `${server.url}/v1`, questions, close: server.close };
}
