// What a package must say of itself before it is published. Rule: nothing is published under an address or by an author that does not exist, nor
// from another repository than the one it names.

/** The part of package.json that says where a package comes from. */
export interface Origin {
	author: { name: string; email: string };
	repository: { url: string };
}

/** Reserved for addresses that never exist (RFC 2606). */
const RESERVED = /\.(invalid|example|test|localhost)$/;

function hostOf(address: string): string {
	const url = address.replace(/^git\+/, '');
	return URL.canParse(url) ? new URL(url).hostname : '';
}

/**
 * Why a package may not be published; empty where it may.
 *
 * @param publishing the address of the repository that publishes, such as `https://github.com/<owner>/<name>`; undefined outside of CI
 */
export function reasonsNotToPublish({ author, repository }: Origin, publishing: string | undefined): string[] {
	const reasons: string[] = [];
	if (RESERVED.test(author.email)) reasons.push(`The author's address in package.json does not exist: ${author.email}`);
	const host = hostOf(repository.url);
	if (host === '' || RESERVED.test(host)) {
		reasons.push(`The repository in package.json does not exist: ${repository.url}`);
	} else if (repository.url.replace(/^git\+|\.git$/g, '') !== publishing) {
		reasons.push(`package.json names ${repository.url}, but ${publishing ?? 'no repository'} publishes`);
	}
	return reasons;
}
