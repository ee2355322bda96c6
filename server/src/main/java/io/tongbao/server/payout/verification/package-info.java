/** The interfaces of the payout face that verify persons, specification §2.3: one file each. */
@NullMarked
package io.tongbao.server.payout.verification;

import org.jspecify.annotations.NullMarked;
