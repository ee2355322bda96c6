/**
 * The cryptographic acts of the five interfaces, each behind a port of one or two methods. Plain
 * JCA throughout: whichever provider the process has put first does the work.
 */
@org.jspecify.annotations.NullMarked
package io.tongbao.wire.crypto;
