/**
 * Load programs: how fast the platform is, as ratios against programs that everybody has, measured
 * in the same run on the same machine. Also the platform as a process, for tests from outside.
 */
@NullMarked
package io.tongbao.bench;

import org.jspecify.annotations.NullMarked;
