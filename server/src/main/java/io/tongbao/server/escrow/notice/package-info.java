/**
 * The notices of the escrow face: how each kind of news is written as {@code rps}. Specification
 * escrow §3.6, §4.1.7, §4.1.20 to §4.1.23, §4.2.12.
 */
@NullMarked
package io.tongbao.server.escrow.notice;

import org.jspecify.annotations.NullMarked;
