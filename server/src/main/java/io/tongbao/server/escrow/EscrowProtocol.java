package io.tongbao.server.escrow;

import io.tongbao.kernel.Bytes;
import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Secret;
import io.tongbao.server.edge.Admitted;
import io.tongbao.server.edge.Catalog;
import io.tongbao.server.edge.Protocol;
import io.tongbao.server.edge.Reply;
import io.tongbao.server.edge.Signed;
import io.tongbao.server.edge.WireRequest;
import io.tongbao.server.merchant.Face;
import io.tongbao.wire.escrow.EscrowAnswer;
import io.tongbao.wire.escrow.EscrowRequest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The escrow face's envelope: five parameters in, a signed JSON object out, HTTP 200 whatever
 * happens. Specification §3.
 */
final class EscrowProtocol implements Protocol {
  private static final int LONGEST_BODY = 2 * 1024 * 1024;
  private static final Duration REMEMBERS = EscrowRequest.WINDOW.multipliedBy(2).plusMinutes(5);

  private final EscrowAdmission admission;
  private final EscrowKeys keys;
  private final Catalog catalog;

  /** All refusals sign the same word. */
  private final String refusalSign;

  EscrowProtocol(EscrowAdmission admission, EscrowKeys keys, Catalog catalog) {
    this.admission = admission;
    this.keys = keys;
    this.catalog = catalog;
    this.refusalSign = keys.signer().sign(EscrowAnswer.ERROR);
  }

  @Override
  public Face face() {
    return Face.ESCROW;
  }

  /** One address for all; the long bodies are those of batches. */
  @Override
  public List<Address> addresses() {
    return List.of(new Address("/service/soa", LONGEST_BODY));
  }

  @Override
  public Catalog catalog() {
    return catalog;
  }

  @Override
  public Duration remembers() {
    return REMEMBERS;
  }

  @Override
  public Admitted admit(WireRequest request) {
    return admission.call(request);
  }

  @Override
  public Optional<Secret> said(Signed signed) {
    String content = signed.content().utf8();
    return EscrowKeys.proves(signed.key(), content, signed.signature())
        ? Optional.of(new Secret(content))
        : Optional.empty();
  }

  @Override
  public Reply answer(WireRequest request, Admitted admitted, String json) {
    return Reply.ok(Reply.JSON, Bytes.utf8(EscrowAnswer.ok(json, keys.signer()).json()));
  }

  @Override
  public Reply refuse(WireRequest request, @Nullable Admitted admitted, Refusal refusal) {
    EscrowRefusals.Words words = EscrowRefusals.words(refusal);
    EscrowAnswer answer =
        new EscrowAnswer(
            EscrowAnswer.ERROR, EscrowAnswer.ERROR, refusalSign, words.code(), words.message());
    return Reply.refused(Reply.JSON, Bytes.utf8(answer.json()), refusal);
  }
}
