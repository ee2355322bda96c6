package io.tongbao.server.sandbox;

import io.tongbao.kernel.Refusal;
import io.tongbao.server.merchant.Face;
import io.tongbao.server.merchant.Merchant;
import io.tongbao.server.merchant.Merchants;
import java.util.List;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.function.ServerRequest;

/** Which merchant a call of the control API is about. */
@Component
@Profile("sandbox")
final class Guests {
  private final Merchants merchants;

  Guests(Merchants merchants) {
    this.merchants = merchants;
  }

  List<Merchant> all() {
    return merchants.all();
  }

  /** By the face's own number, whichever face that is. */
  Merchant named(String code) {
    for (Face face : Face.values()) {
      var found = merchants.find(face, code);
      if (found.isPresent()) {
        return found.get();
      }
    }
    throw Refusal.of(Refusal.Reason.UNKNOWN_MERCHANT, code);
  }

  /** By the number that one face knows it by. */
  Merchant named(Face face, String code) {
    return merchants
        .find(face, code)
        .orElseThrow(() -> Refusal.of(Refusal.Reason.UNKNOWN_MERCHANT, code));
  }

  /** The query's {@code merchant}, or the sandbox's own of the escrow face. */
  Merchant of(ServerRequest request) {
    return named(request.param("merchant").orElse(EscrowGuest.SYSID));
  }

  /** The query's {@code merchant} alone, or all. */
  List<Merchant> chosen(ServerRequest request) {
    return request.param("merchant").map(code -> List.of(named(code))).orElseGet(this::all);
  }
}
