package io.tongbao.server.escrow.password;

import java.util.List;

/** Addresses that look like {@code https://pay.example.com}, and are not. THREATS T-X5. */
final class Lookalikes {
  static final List<String> ALL =
      List.of(
          "https://pay.example.com.evil.com/back",
          "https://evil.com/pay.example.com",
          "https://evil.com#pay.example.com",
          "https://evil.com#@pay.example.com/",
          "https://evil.com?pay.example.com",
          "https://evil.com\\@pay.example.com/",
          "https://evil.com/\\pay.example.com",
          "https://pay.example.com@evil.com/",
          "https://pay.example.com:x@evil.com/",
          "https://user@pay.example.com/",
          "https://evilpay.example.com/",
          "https://pay.example.com.:443.evil.com/",
          "https://pay.example.comm/",
          "https://pay.example.co/",
          "https://example.com/",
          "https://a.pay.example.com/",
          "https://pay。example。com/",
          "https://pay%2eexample.com/",
          "https://раy.example.com/",
          "https://xn--y-7sbi.example.com/",
          "https://pay.example.com%00.evil.com/",
          "https://pay.example.com%0d%0aLocation:evil.com/",
          "https://pay.example.com:8081/",
          "//evil.com/",
          "///evil.com/",
          "/\\evil.com/",
          "javascript:alert(1)",
          "JavaScript:alert(1)//pay.example.com",
          "data:text/html,<script>alert(1)</script>",
          "ftp://pay.example.com/",
          "https:/evil.com/",
          "https:evil.com");

  private Lookalikes() {}
}
