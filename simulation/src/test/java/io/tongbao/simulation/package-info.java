/** The server as it is shipped, from outside, in a bad world: killed, cut off, asked twice. */
@NullMarked
package io.tongbao.simulation;

import org.jspecify.annotations.NullMarked;
