/** The escrow face's interfaces about orders, a file each. Specification §4.2. */
@NullMarked
package io.tongbao.server.escrow.order;

import org.jspecify.annotations.NullMarked;
