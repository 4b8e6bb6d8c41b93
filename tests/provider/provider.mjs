/**
 * A provider of sign-ins for the tests, the certified `oidc-provider`: `node provider.mjs REDIRECT`.
 *
 * Prints its issuer, and ends with its input. Whoever signs in as "an@lamson.example" has that address, verified; "ghost@…" too, and
 * "unverified@…" has one that nobody has verified.
 */
import { createServer } from 'node:http'
import Provider from 'oidc-provider'

const server = createServer((request, response) => provider.callback()(request, response))
await new Promise((done) => server.listen(0, '127.0.0.1', done))
const issuer = `http://127.0.0.1:${server.address().port}`

const provider = new Provider(issuer, {
  clients: [
    {
      client_id: 'hoitruong',
      client_secret: 'a secret of the tests',
      redirect_uris: [process.argv[2]],
      token_endpoint_auth_method: 'client_secret_post',
    },
  ],
  claims: { openid: ['sub'], email: ['email', 'email_verified'] },
  conformIdTokenClaims: false, // the address is in the ID token itself
  pkce: { required: () => true },
  findAccount: (_context, id) => ({
    accountId: id,
    claims: () => ({ sub: id, email: id, email_verified: !id.startsWith('unverified') }),
  }),
})
console.log(issuer)
process.stdin.on('end', () => process.exit()).resume()
