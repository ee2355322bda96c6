/**
 * The people and companies whose money the platform keeps: their names, phones, cards and the
 * one-time codes by which they say yes. What tells who somebody is goes through the vault before it
 * goes into the database.
 */
@ApplicationModule(allowedDependencies = {"boot", "merchant", "vault"})
@NullMarked
package io.tongbao.server.member;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
