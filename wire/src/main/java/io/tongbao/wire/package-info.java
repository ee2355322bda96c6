/**
 * What the interfaces have in common on the wire: forms, multipart uploads and the outermost JSON
 * object, all read strictly and from the bytes as received.
 */
@org.jspecify.annotations.NullMarked
package io.tongbao.wire;
