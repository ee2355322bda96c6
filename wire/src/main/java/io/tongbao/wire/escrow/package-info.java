/**
 * The envelope of the escrow interface (escrow specification §3), both sides: requests, answers,
 * background notices and the return of the browser. What travels inside is JSON text, which this
 * package carries and never writes anew, because the signatures cover it as it stands.
 */
@org.jspecify.annotations.NullMarked
package io.tongbao.wire.escrow;
