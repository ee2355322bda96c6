/**
 * Where messages come in and answers go out. {@link io.tongbao.server.edge.Exchange} reads top to
 * bottom what happens to each; a face brings its {@link io.tongbao.server.edge.Protocol} and its
 * operations.
 */
@ApplicationModule(allowedDependencies = {"boot", "merchant", "vault"})
@NullMarked
package io.tongbao.server.edge;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
