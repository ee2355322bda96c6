/** Where sensitive data is sealed before it goes into the database. Knows what no table knows. */
@ApplicationModule(allowedDependencies = {"boot"})
@NullMarked
package io.tongbao.server.vault;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
