package io.tongbao.server.payout.data;

import io.tongbao.kernel.BeijingTime;
import io.tongbao.kernel.Refusal;
import io.tongbao.kernel.Refusal.Reason;
import io.tongbao.server.edge.Caller;
import io.tongbao.server.page.OwnAddress;
import io.tongbao.server.recon.Downloads;
import io.tongbao.server.recon.LineBook;
import io.tongbao.server.recon.LineFile;
import io.tongbao.server.recon.LineFiles;
import java.time.LocalDate;
import org.springframework.stereotype.Component;

/** Where dealers ask for the files of a day: gives out addresses, each good once. */
@Component
final class FileCounter {
  private final LineFiles files;
  private final Downloads downloads;
  private final OwnAddress address;

  FileCounter(LineFiles files, Downloads downloads, OwnAddress address) {
    this.files = files;
    this.downloads = downloads;
    this.address = address;
  }

  /**
   * The address of a day's file; empty for days that are no longer kept. A day without a file,
   * because it is not over or was before the dealer's first payout, is refused as 5000.
   */
  String address(LineBook book, Caller caller, LocalDate day, String field) {
    LocalDate today = BeijingTime.dayOf(caller.now());
    if (day.isBefore(today.minusDays(LineFiles.DAYS_KEPT))) {
      return "";
    }
    LineFile file =
        files
            .ensure(book, caller.merchant(), day, caller.now())
            .orElseThrow(() -> Refusal.of(Reason.FILE_NOT_READY, field));
    String token = downloads.grant(caller.merchant(), file.name(), caller.now());
    return address.of(FileRoute.path(token, file.name()));
  }
}
