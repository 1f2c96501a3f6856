import axios from 'axios';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { listen, serve, HOST } from './localServer';

test('leaves no connection once closed, not even an idle one', async () => {
	const server = await serve((_request, response) => void response.end());
	const idle = connect(server.port, HOST);
	await once(idle, 'connect');
	const ended = once(idle, 'close');
	await server.close();
	await ended;
	await server.close();
	await expect(axios.get(server.url)).rejects.toThrow(/ECONNREFUSED/);
});

test('rejects if the port is taken', async () => {
	const server = await serve(() => undefined);
	await expect(listen(createServer(), server.port)).rejects.toThrow(/EADDRINUSE/);
	await server.close();
});

test('passes an error while answering to the client', async () => {
	const server = await serve(async () => {
		await Promise.reject(new Error('out of ink'));
	});
	const { status, data } = await axios.get(server.url, { validateStatus: () => true });
	await server.close();
	expect([status, data]).toEqual([500, 'Error: out of ink']);
});
