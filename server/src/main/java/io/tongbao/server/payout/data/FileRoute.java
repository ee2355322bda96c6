package io.tongbao.server.payout.data;

import io.tongbao.kernel.Refusal;
import io.tongbao.server.edge.Intake;
import io.tongbao.server.edge.Sources;
import io.tongbao.server.edge.WireRequest;
import io.tongbao.server.merchant.Merchant;
import io.tongbao.server.recon.Downloads;
import io.tongbao.server.recon.LineFile;
import io.tongbao.server.recon.LineFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.function.RequestPredicates;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * Hands out the files whose addresses {@link FileCounter} gave, to the networks that the dealer may
 * call from, once: a download that broke off may be tried again. Whatever is wrong about a request,
 * the answer is the same 404. THREATS T2-6.
 */
@Configuration(proxyBeanMethods = false)
class FileRoute {
  private static final String FOLDER = "/api/dataservice/v1/files/";
  private static final MediaType GZIP = new MediaType("application", "gzip");

  static String path(String token, String name) {
    return FOLDER + token + "/" + name;
  }

  /** Asked before the face, which refuses whatever else is below /api/. */
  @Bean
  @Order(Ordered.HIGHEST_PRECEDENCE)
  RouterFunction<ServerResponse> payoutFiles(
      Downloads downloads, LineFiles files, Intake intake, Sources sources) {
    return RouterFunctions.route()
        .GET(
            FOLDER + "{token}/{name}",
            request -> {
              String token = request.pathVariable("token");
              String name = request.pathVariable("name");
              return downloads
                  .holder(token, name)
                  .filter(dealer -> mayFetch(dealer, request, intake, sources))
                  .flatMap(dealer -> files.find(dealer, name))
                  .flatMap(file -> send(file, files, downloads, token))
                  .orElseGet(FileRoute::nothing);
            })
        .route(RequestPredicates.path(FOLDER + "**"), _ -> nothing())
        .build();
  }

  /** From the dealer's networks; and whoever says that he is a dealer must be this one. */
  private static boolean mayFetch(
      Merchant dealer, ServerRequest request, Intake intake, Sources sources) {
    WireRequest head = intake.head(request.servletRequest());
    String said = head.header("dealer-id");
    try {
      sources.require(dealer, head.source());
      return said == null || said.equals(dealer.code());
    } catch (Refusal notAllowed) {
      return false;
    }
  }

  /** The token is spent before the first byte leaves: of many that come at once, one is served. */
  private static Optional<ServerResponse> send(
      LineFile file, LineFiles files, Downloads downloads, String token) {
    try {
      Optional<InputStream> content = files.open(file);
      Optional<Downloads.Spent> spent = content.flatMap(_ -> downloads.spend(token));
      if (content.isPresent() && spent.isEmpty()) {
        content.get().close();
      }
      return spent.map(each -> send(file, content.orElseThrow(), () -> downloads.giveBack(each)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ServerResponse send(LineFile file, InputStream content, Runnable brokenOff) {
    return ServerResponse.ok()
        .headers(FileRoute::guard)
        .contentType(GZIP)
        .headers(headers ->
            headers.setContentDisposition(
                ContentDisposition.attachment().filename(file.name()).build()))
        .build((_, response) -> {
          try (content) {
            content.transferTo(response.getOutputStream());
          } catch (IOException | RuntimeException e) {
            brokenOff.run();
            throw e;
          }
          return null;
        });
  }

  private static ServerResponse nothing() {
    return ServerResponse.notFound().headers(FileRoute::guard).build();
  }

  private static void guard(HttpHeaders headers) {
    headers.setCacheControl("no-store");
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Referrer-Policy", "no-referrer");
  }
}
