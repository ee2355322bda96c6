/** 支付密码: its pages and its calls, a file each. Specification §4.1.20 to §4.1.26, §4.2.10. */
@NullMarked
package io.tongbao.server.escrow.password;

import org.jspecify.annotations.NullMarked;
