/**
 * Who may call: merchants' applications with their keys, settings, networks and clocks, and the
 * work that becomes due with those clocks.
 */
@NullMarked
package io.tongbao.server.merchant;

import org.jspecify.annotations.NullMarked;
