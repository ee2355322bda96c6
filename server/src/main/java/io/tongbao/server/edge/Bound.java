package io.tongbao.server.edge;

/**
 * An operation with its name and the codecs of its records.
 *
 * @param first the first of its names: what its messages are known by, whichever name they used
 */
record Bound<Q extends Record, R extends Record>(
    String name,
    String first,
    boolean reads,
    Operation<Q, R> operation,
    Codec<Q> request,
    Codec<R> answer) {

  /** Reads the request, does the work, writes the answer. */
  String carryOut(Admitted admitted) {
    Q asked = request.decode(admitted.parameters(), admitted.spelling());
    return answer.encode(operation.handle(admitted.caller(), asked), admitted.spelling());
  }

  String line() {
    return name
        + " ("
        + String.join(", ", request.members())
        + ") → ("
        + String.join(", ", answer.members())
        + ")";
  }
}
