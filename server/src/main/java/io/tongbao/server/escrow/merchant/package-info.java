/** The escrow face's interfaces about the merchant itself, a file each. Specification §4.3. */
@NullMarked
package io.tongbao.server.escrow.merchant;

import org.jspecify.annotations.NullMarked;
