package io.tongbao.server.escrow.merchant;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tongbao.kernel.BeijingTime;
import io.tongbao.kernel.Refusal;
import io.tongbao.server.edge.Caller;
import io.tongbao.server.edge.Endpoint;
import io.tongbao.server.escrow.EscrowOperation;
import io.tongbao.server.page.OwnAddress;
import io.tongbao.server.recon.DayFiles;
import io.tongbao.server.recon.Downloads;
import java.time.DateTimeException;
import java.time.LocalDate;

/**
 * 商户集合对账下载: where to fetch the file of a day. The address is the merchant's alone and good for ten
 * minutes; files of the last 366 days are to be had. Specification §4.3.2.
 */
@Endpoint("MerchantService.getCheckAccountFile")
final class GetCheckAccountFile
    implements EscrowOperation<GetCheckAccountFile.Request, GetCheckAccountFile.Response> {
  private static final String DATE = "date";
  private static final int DAYS_KEPT = 366;

  record Request(@JsonProperty(DATE) String date) {
    LocalDate day() {
      try {
        return BeijingTime.parseCompactDay(date);
      } catch (DateTimeException notADay) {
        throw Refusal.of(Refusal.Reason.BAD_FIELD, DATE);
      }
    }
  }

  record Response(@JsonProperty("url") String url) {}

  private final CheckFile book;
  private final DayFiles files;
  private final Downloads downloads;
  private final OwnAddress address;

  GetCheckAccountFile(CheckFile book, DayFiles files, Downloads downloads, OwnAddress address) {
    this.book = book;
    this.files = files;
    this.downloads = downloads;
    this.address = address;
  }

  @Override
  public Response handle(Caller caller, Request request) {
    LocalDate day = request.day();
    if (day.isBefore(BeijingTime.dayOf(caller.now()).minusDays(DAYS_KEPT))) {
      throw Refusal.of(Refusal.Reason.BAD_FIELD, DATE);
    }
    if (day.isAfter(DayFiles.lastDay(book, caller.now()))) {
      throw Refusal.of(Refusal.Reason.FILE_NOT_READY, DATE);
    }
    String name = files.ensure(book, caller.merchant(), day, caller.now());
    String token = downloads.grant(caller.merchant(), name, caller.now());
    return new Response(address.of(CheckFileRoute.path(token, name)));
  }
}
