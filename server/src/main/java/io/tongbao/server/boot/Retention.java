package io.tongbao.server.boot;

import java.time.Duration;

/**
 * How long a table's slices are kept once they are over. Packages contribute theirs as beans; the
 * database keeps each for as long as it says itself, whatever is asked.
 *
 * @param table one of the table {@code sliced}
 */
public record Retention(String table, Duration kept) {}
