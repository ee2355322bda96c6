package io.tongbao.server.escrow.table;

import io.tongbao.server.edge.Endpoint;
import io.tongbao.server.edge.Operation;
import io.tongbao.server.escrow.Correspondent;
import io.tongbao.server.escrow.EscrowOperation;
import io.tongbao.wire.escrow.EscrowAnswer;
import io.tongbao.wire.escrow.EscrowRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.context.ApplicationContext;
import org.springframework.core.GenericTypeResolver;
import org.springframework.core.annotation.AnnotatedElementUtils;
import tools.jackson.databind.node.ObjectNode;

/** The escrow face as a merchant sees it: its methods, their requests, and how it answers. */
final class Face {
  private static final Pattern SEALED = Pattern.compile("RSA\\(([^)]*)\\)");
  private static final Pattern CODE = Pattern.compile("错误代码 ([0-9]+)");
  private static final Pattern BECAUSE = Pattern.compile("class=\"because\">([^<]*)<");
  private static final String PAGES = "io.tongbao.server.escrow.";

  /** What an answer says: a code and words, or that it is good. */
  record Answer(boolean ok, String code, String message, String whole) {}

  private final Map<String, Class<?>> requests = new TreeMap<>();

  Face(ApplicationContext context) throws ClassNotFoundException {
    for (EscrowOperation<?, ?> each : context.getBeansOfType(EscrowOperation.class).values()) {
      Endpoint endpoint =
          Objects.requireNonNull(
              AnnotatedElementUtils.findMergedAnnotation(each.getClass(), Endpoint.class));
      Class<?>[] types =
          Objects.requireNonNull(
              GenericTypeResolver.resolveTypeArguments(each.getClass(), Operation.class));
      for (String name : endpoint.value()) {
        requests.put(name, types[0]);
      }
    }
    for (String page :
        new String[] {"SetPayPwd", "UpdatePayPwd", "ResetPayPwd", "UpdatePhoneByPayPwd"}) {
      String name = Character.toLowerCase(page.charAt(0)) + page.substring(1);
      requests.put(
          "page/" + name + " MemberPwdService." + name,
          Class.forName(PAGES + "password." + page + "$Request"));
    }
    requests.put(
        "page/payOrder OrderService.pay", Class.forName(PAGES + "password.PayOrder$Request"));
    requests.put(
        "page/frontTrans OrderService.pay", Class.forName(PAGES + "order.FrontPay$Request"));
  }

  /** The methods' names. */
  Set<String> methods() {
    return requests.keySet();
  }

  /** The record that a method's request is. */
  Class<?> request(String method) {
    return Objects.requireNonNull(requests.get(method), method);
  }

  /** The whole {@code req} of a method, its fields encrypted. */
  static String req(Correspondent merchant, String method, ObjectNode param) {
    String[] name = method.substring(method.indexOf(' ') + 1).split("\\.", -1);
    String plain =
        "{\"service\":\"%s\",\"method\":\"%s\",\"param\":%s}"
            .formatted(name[0], name[1], param.toString());
    return SEALED
        .matcher(plain)
        .replaceAll(found -> Matcher.quoteReplacement(merchant.encrypt(found.group(1))));
  }

  /** Signs and sends. */
  static Answer ask(Correspondent merchant, String method, ObjectNode param) {
    return send(merchant, method, merchant.sign(req(merchant, method, param)).form());
  }

  static Answer send(Correspondent merchant, String method, EscrowRequest request) {
    return send(merchant, method, request.form());
  }

  /** Sends a form to where the method is served. */
  static Answer send(Correspondent merchant, String method, String form) {
    HttpResponse<String> response = merchant.post(path(method), form);
    if (!method.startsWith("page/")) {
      return answer(response, merchant.read(response.body()));
    }
    if (response.statusCode() == 303) {
      return new Answer(true, "", "", "303");
    }
    Matcher code = CODE.matcher(response.body());
    Matcher because = BECAUSE.matcher(response.body());
    if (response.statusCode() != 200 || !code.find() || !because.find()) {
      throw new AssertionError(response.statusCode() + " " + response.body());
    }
    return new Answer(false, code.group(1), because.group(1), response.body());
  }

  private static Answer answer(HttpResponse<String> response, EscrowAnswer answer) {
    if (response.statusCode() != 200) {
      throw new AssertionError("HTTP " + response.statusCode());
    }
    return new Answer(
        answer.isOk(),
        String.valueOf(answer.errorCode()),
        String.valueOf(answer.message()),
        response.body());
  }

  private static String path(String method) {
    if (!method.startsWith("page/")) {
      return "";
    }
    String page = method.substring("page/".length(), method.indexOf(' '));
    return page.equals("frontTrans") ? "/service/gateway/frontTrans.do" : "/pwd/" + page + ".html";
  }
}
