package io.tongbao.server.edge;

import tools.jackson.databind.JsonNode;

/**
 * A message that was let in: the caller is known, and this is what he signed.
 *
 * @param operation the name of what he asks for
 * @param parameters what he says to it
 * @param spelling how he and we write money, times and secrets
 * @param signed the bytes that he signed, with all that proves it
 */
public record Admitted(
    Caller caller, String operation, JsonNode parameters, Spelling spelling, Signed signed) {}
