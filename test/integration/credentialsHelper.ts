// A stand-in for n8n's storage of credentials, the only part of n8n that is replaced. It handles a credential type in the
// same order as n8n's own helper (fetches a token if there is none or it expired, and stores it), so that renewal can be tested.
import {
	ICredentialsHelper,
	type ICredentialDataDecryptedObject as Credential,
	type IHttpRequestHelper,
	type IHttpRequestOptions,
	type INode,
} from 'n8n-workflow';
import { AkoolApi } from '../../credentials/AkoolApi.credentials';

export const TYPE = 'akoolApi';

export class KeptCredential extends ICredentialsHelper {
	private static count = 0;

	readonly type = new AkoolApi();

	/** What n8n has in its database; a token that was fetched ends up here. */
	kept: Credential;

	/** The ID by which n8n knows the credential. */
	readonly id = `credential-${KeptCredential.count++}`;

	/** How often a token was kept. */
	updates = 0;

	/** How often it was decrypted. */
	decryptions = 0;

	/** @param data what the user filled in; the defaults of the other fields are added */
	constructor(data: Credential) {
		super();
		const defaults = Object.fromEntries(this.type.properties.map(({ name, default: value }) => [name, String(value)]));
		this.kept = { ...defaults, ...data };
	}

	getParentTypes() {
		return [];
	}

	isCredentialUsableByNode() {
		return true;
	}

	async authenticate(credentials: Credential, _type: string, options: IHttpRequestOptions) {
		return await this.type.authenticate(credentials, options);
	}

	async preAuthentication(
		helpers: IHttpRequestHelper,
		credentials: Credential,
		type: string,
		node: INode,
		expired: boolean,
	): Promise<Credential | undefined> {
		const expirable = this.type.properties.find(
			({ type: kind, typeOptions }) => kind === 'hidden' && typeOptions?.expirable === true,
		);
		if (expirable === undefined) return undefined;
		if (credentials[expirable.name] !== '' && !expired) return undefined;
		const output = await this.type.preAuthentication.call(helpers, credentials);
		if (output[expirable.name] === undefined) return undefined;
		const details = node.credentials?.[type];
		if (details === undefined) return undefined;
		await this.updateCredentials(details, type, Object.assign(credentials, output));
		return Object.assign(credentials, output);
	}

	async runPreAuthentication(): Promise<Credential | undefined> {
		return undefined;
	}

	async getCredentials(): Promise<never> {
		throw new Error('nobody asks for encrypted credentials here');
	}

	async getDecrypted(...given: Partial<Parameters<ICredentialsHelper['getDecrypted']>>): Promise<Credential> {
		this.decryptions += 1;
		const values = given[6];
		const isExpression = (value: unknown): boolean => typeof value === 'string' && value.startsWith('=');
		if (values === undefined || !Object.values(this.kept).some(isExpression)) return { ...this.kept };
		// As n8n's own helper resolves it: for the item that was named.
		const resolved = Object.entries(this.kept).map(([name, value]): [string, Credential[string]] => {
			const { workflow, runExecutionData, runIndex, itemIndex, node, connectionInputData } = values;
			const text = String(value);
			return [
				name,
				isExpression(value)
					? String(
							workflow.expression.getParameterValue(
								text,
								runExecutionData,
								runIndex,
								itemIndex,
								node.name,
								connectionInputData,
								given[3] ?? 'manual',
								{},
								given[4],
							),
						)
					: text,
			];
		});
		return Object.fromEntries(resolved);
	}

	async updateCredentials(_details: unknown, _type: string, data: Credential) {
		this.updates += 1;
		this.kept = { ...data };
	}

	async updateCredentialsOauthTokenData() {}

	getCredentialsProperties() {
		return this.type.properties;
	}
}
