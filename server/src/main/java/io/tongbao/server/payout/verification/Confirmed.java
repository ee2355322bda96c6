package io.tongbao.server.payout.verification;

/** The answer that has nothing to say but that it is so. */
record Confirmed() {}
