/**
 * Who may call: merchants' applications with their keys, settings, networks and clocks, and the
 * work that becomes due with those clocks.
 */
@ApplicationModule(allowedDependencies = {"boot", "vault"})
@NullMarked
package io.tongbao.server.merchant;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
