package io.tongbao.server.escrow.merchant;

import io.tongbao.kernel.Refusal;
import io.tongbao.server.edge.Intake;
import io.tongbao.server.edge.Sources;
import io.tongbao.server.recon.Downloads;
import io.tongbao.server.recon.Downloads.Download;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * Hands out the files whose addresses {@link GetCheckAccountFile} gave, to the networks that the
 * merchant may call from. Whatever is wrong about a request, the answer is the same 404.
 */
@Configuration(proxyBeanMethods = false)
class CheckFileRoute {
  private static final String FOLDER = "/service/files/";

  static String path(String token, String name) {
    return FOLDER + token + "/" + name;
  }

  @Bean
  RouterFunction<ServerResponse> checkFiles(Downloads downloads, Intake intake, Sources sources) {
    return RouterFunctions.route()
        .GET(
            FOLDER + "{token}/{name}",
            request ->
                downloads
                    .open(request.pathVariable("token"), request.pathVariable("name"))
                    .filter(download -> mayFetch(download, request, intake, sources))
                    .map(CheckFileRoute::send)
                    .orElseGet(
                        () -> ServerResponse.notFound().headers(CheckFileRoute::guard).build()))
        .build();
  }

  private static boolean mayFetch(
      Download download, ServerRequest request, Intake intake, Sources sources) {
    try {
      sources.require(download.merchant(), intake.head(request.servletRequest()).source());
      return true;
    } catch (Refusal notAllowed) {
      return false;
    }
  }

  private static ServerResponse send(Download download) {
    return ServerResponse.ok()
        .headers(CheckFileRoute::guard)
        .contentType(new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8))
        .headers(headers ->
            headers.setContentDisposition(
                ContentDisposition.attachment().filename(download.name()).build()))
        .build((_, response) -> {
          response.setContentLengthLong(Files.size(download.file()));
          Files.copy(download.file(), response.getOutputStream());
          return null;
        });
  }

  private static void guard(HttpHeaders headers) {
    headers.setCacheControl("no-store");
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Referrer-Policy", "no-referrer");
  }
}
