package io.tongbao.server.notice;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** The forms of all faces, by event. */
@Component
final class NoticeForms {
  private final Map<String, NoticeForm> forms;

  NoticeForms(ObjectProvider<NoticeForm> forms) {
    this.forms =
        forms.stream()
            .collect(Collectors.toUnmodifiableMap(NoticeForm::event, Function.identity()));
  }

  Map<String, NoticeForm> byEvent() {
    return forms;
  }

  NoticeForm of(Notice notice) {
    NoticeForm form = forms.get(notice.event());
    if (form == null) {
      throw new IllegalStateException("no form for " + notice.event());
    }
    return form;
  }
}
