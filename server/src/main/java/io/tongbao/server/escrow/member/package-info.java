/** The interfaces of the escrow face about members, specification §4.1: one file each. */
@NullMarked
package io.tongbao.server.escrow.member;

import org.jspecify.annotations.NullMarked;
