package io.tongbao.client.tour;

/** Something was not as the specification prints it; the tour ends here. */
final class TourFailed extends RuntimeException {
  TourFailed(String what) {
    super(what);
  }
}
