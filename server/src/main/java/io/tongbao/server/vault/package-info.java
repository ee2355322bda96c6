/** Where sensitive data is sealed before it goes into the database. Knows what no table knows. */
@NullMarked
package io.tongbao.server.vault;

import org.jspecify.annotations.NullMarked;
