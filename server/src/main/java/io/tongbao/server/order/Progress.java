package io.tongbao.server.order;

/** How far an order's payment has come after a step; the faces' payStatus. */
public sealed interface Progress {

  /** All the money has moved. */
  record Succeeded() implements Progress {}

  /** Somebody else must still answer; a notice will say what. */
  record Pending() implements Progress {}

  /** It will never happen; the reason is for people, in Chinese. */
  record Failed(String reason) implements Progress {}
}
