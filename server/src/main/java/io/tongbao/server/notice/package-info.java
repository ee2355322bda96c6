/**
 * Webhooks: news becomes notices, notices become signed HTTP requests, until the receiver says the
 * face's word of success or the schedule has ended. At least once, in the order of one subject, and
 * no endpoint slows another. Specification escrow §3.6.
 */
@ApplicationModule(
    displayName = "Notices",
    allowedDependencies = {"boot", "merchant", "member"})
@NullMarked
package io.tongbao.server.notice;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
