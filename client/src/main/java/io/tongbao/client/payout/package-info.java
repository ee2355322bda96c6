/**
 * The payout interface for Java programs: typed calls, encrypted and signed; notices and the day's
 * files, checked and read. Start with {@link io.tongbao.client.payout.PayoutClient}.
 */
@org.jspecify.annotations.NullMarked
package io.tongbao.client.payout;
