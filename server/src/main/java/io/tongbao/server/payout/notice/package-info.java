/** What the payout face tells dealers by itself. Specification §2.1 (5). */
@NullMarked
package io.tongbao.server.payout.notice;

import org.jspecify.annotations.NullMarked;
