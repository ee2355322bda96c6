/** Proof and comparison: the audit of everything, the day's cut and its files. */
@ApplicationModule(allowedDependencies = {"boot", "vault", "merchant", "order"})
@NullMarked
package io.tongbao.server.recon;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
