/**
 * The envelope of the payout interface (payout specification, chapter 4), both sides: requests,
 * answers, notices and the upload of pictures. The code is checked before anything is decrypted;
 * the types leave no other way.
 */
@org.jspecify.annotations.NullMarked
package io.tongbao.wire.payout;
