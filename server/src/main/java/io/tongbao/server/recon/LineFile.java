package io.tongbao.server.recon;

import java.time.Instant;
import java.time.LocalDate;

/**
 * A published file. Row of table {@code line_file}.
 *
 * @param generation counts the publications of the same day
 * @param name what the merchant calls it
 * @param path where it lies in the data folder, as no other file does
 * @param bytes how long it is there
 * @param madeAt the merchant's clock
 */
public record LineFile(
    int merchant,
    String kind,
    LocalDate day,
    int generation,
    String name,
    String path,
    long lines,
    long bytes,
    Instant madeAt) {}
