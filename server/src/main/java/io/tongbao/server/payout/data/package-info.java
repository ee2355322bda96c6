/**
 * The data interfaces of the payout face, specification §2.2: the files of a day, and their books.
 */
@NullMarked
package io.tongbao.server.payout.data;

import org.jspecify.annotations.NullMarked;
