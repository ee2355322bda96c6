package io.tongbao.server.edge;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.core.annotation.AliasFor;
import org.springframework.stereotype.Component;

/** The address of an {@link Operation} on its face. Found by the catalog; no other list. */
@Documented
@Component
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface Endpoint {

  /**
   * The operation's name on the wire, such as {@code "OrderService.depositApply"} or {@code "POST
   * /api/payment/v1/order-realtime"}, and after it the aliases under which it is served too.
   */
  String[] value();

  /** The component's bean name; the operations of two faces may share a class name. */
  @AliasFor(annotation = Component.class, attribute = "value")
  String bean() default "";

  /** Whether it only looks: then a repeated message is simply answered again. */
  boolean reads() default false;
}
