// The one part of n8n that is stood in for: where credentials are kept. What n8n's own helper does with a credential type is done here in the
// same order (a token is fetched when there is none, or when it ran out, and is kept), so that renewal can be watched.
'use strict';

const { ICredentialsHelper } = require('n8n-workflow');
const { AkoolApi } = require('../../credentials/AkoolApi.credentials');

/**
 * @typedef {import('n8n-workflow').ICredentialDataDecryptedObject} Credential
 * @typedef {import('n8n-workflow').INode} INode
 */

const TYPE = 'akoolApi';

class KeptCredential extends ICredentialsHelper {
	/** @param {Credential} data what the user filled in; the defaults of the other fields are added */
	constructor(data) {
		super();
		this.type = new AkoolApi();
		const defaults = Object.fromEntries(
			this.type.properties.map((property) => [property.name, String(property.default)]),
		);
		/** What n8n has in its database; a token that was fetched ends up here. @type {Credential} */
		this.kept = { ...defaults, ...data };
		/** How n8n tells credentials apart. */
		this.id = `credential-${KeptCredential.count++}`;
		/** How often a token was kept. */
		this.updates = 0;
		/** How often it was decrypted. */
		this.decryptions = 0;
	}

	getParentTypes() {
		return [];
	}

	isCredentialUsableByNode() {
		return true;
	}

	/** @param {Credential} credentials @param {string} _type @param {import('n8n-workflow').IHttpRequestOptions} options */
	async authenticate(credentials, _type, options) {
		return await this.type.authenticate(credentials, options);
	}

	/**
	 * @param {import('n8n-workflow').IHttpRequestHelper} helpers @param {Credential} credentials @param {string} type
	 * @param {INode} node @param {boolean} expired @returns {Promise<Credential | undefined>}
	 */
	async preAuthentication(helpers, credentials, type, node, expired) {
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

	/** @returns {Promise<Credential | undefined>} */
	async runPreAuthentication() {
		return undefined;
	}

	/** @returns {Promise<never>} */
	async getCredentials() {
		throw new Error('nobody asks for encrypted credentials here');
	}

	async getDecrypted() {
		this.decryptions += 1;
		return { ...this.kept };
	}

	/** @param {unknown} _details @param {string} _type @param {Credential} data */
	async updateCredentials(_details, _type, data) {
		this.updates += 1;
		this.kept = { ...data };
	}

	async updateCredentialsOauthTokenData() {}

	getCredentialsProperties() {
		return this.type.properties;
	}
}
KeptCredential.count = 0;

module.exports = { KeptCredential, TYPE };
