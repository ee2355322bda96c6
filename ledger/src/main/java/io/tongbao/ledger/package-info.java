/**
 * Double entry in PostgreSQL. {@link io.tongbao.ledger.Ledger#commit} takes one {@link
 * io.tongbao.ledger.Change} and does all of it or none of it; behind it the poster gathers the
 * changes of all concurrent callers into one database transaction. Knows no order and no face.
 */
@org.jspecify.annotations.NullMarked
package io.tongbao.ledger;
