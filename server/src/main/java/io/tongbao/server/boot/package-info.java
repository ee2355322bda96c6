/**
 * Start-up: the data folder, the database that is started or found, its migrations, and the
 * connections that everything else uses.
 */
@ApplicationModule(allowedDependencies = {})
@org.jspecify.annotations.NullMarked
package io.tongbao.server.boot;

import org.springframework.modulith.ApplicationModule;
