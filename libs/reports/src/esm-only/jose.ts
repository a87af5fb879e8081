export { createRemoteJWKSet, decodeJwt, decodeProtectedHeader, errors, type ProtectedHeaderParameters } from 'jose';
