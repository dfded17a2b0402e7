import type {SecureContextOptions} from 'node:tls';

/**
 * Of a server that only tests meet, on loopback: Node makes none by itself, and
 * no browser trusts it unless it is told to.
 */
export const SELF_SIGNED: SecureContextOptions = {
  key: `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgCDV0KHvJd23PEK5b
NxrmfMWESWPj3IyIhOfMRqwj6/ShRANCAARlmIIjo3jnqs+BGc+0IVGOfHe+MfIM
etHxQPwJxQRCQXou1wnssuwNCeA17d6Ks3D58JfIrIIGJmZY8fg6f+oM
-----END PRIVATE KEY-----
`,
  cert: `-----BEGIN CERTIFICATE-----
MIIBfzCCASWgAwIBAgIUcuTj6ThlrcLu7Kb0vuf/J08uLnowCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyMzAzMTIyNVoYDzIxMjYxMDMw
MDMxMjI1WjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAARlmIIjo3jnqs+BGc+0IVGOfHe+MfIMetHxQPwJxQRCQXou1wnssuwN
CeA17d6Ks3D58JfIrIIGJmZY8fg6f+oMo1MwUTAdBgNVHQ4EFgQUtYn06goqbJGE
/i5QL+1CXo6X+y8wHwYDVR0jBBgwFoAUtYn06goqbJGE/i5QL+1CXo6X+y8wDwYD
VR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNIADBFAiEA7/6Qo/64vG0PD8O8qkR5
sBEq4uY01YA6uYmnkvPtPPACIC2WAnNWEWnZ4zm5HeeHcfQcST4kyJCq57kMy8zY
/IPx
-----END CERTIFICATE-----
`,
};
