/** The pages that a payer's browser sees: how they are sent, and the stylesheet they share. */
@ApplicationModule(allowedDependencies = {"boot"})
@NullMarked
package io.tongbao.server.page;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
