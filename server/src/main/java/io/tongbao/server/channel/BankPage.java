package io.tongbao.server.channel;

import java.util.Optional;

/**
 * The port to a bank's own page, where a payer goes to pay what a channel was asked to collect. The
 * page sends him on to the request's fact {@link #RETURN_TO} when he is done.
 */
public interface BankPage {
  /** The fact that says where the payer goes afterwards: a path of ours. */
  String RETURN_TO = "returnTo";

  /** The fact that says what the payer knows the merchant by. */
  String PAYEE = "payee";

  /** The fact that says what the payer buys, in the merchant's words; may be empty. */
  String GOODS = "goods";

  /** The page's address; empty where this port has none, or the bank has not taken it in yet. */
  Optional<String> address(ChannelRequest request);
}
