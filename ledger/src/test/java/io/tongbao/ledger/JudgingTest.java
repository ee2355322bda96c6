package io.tongbao.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tongbao.ledger.Movement.Capture;
import io.tongbao.ledger.Movement.Freeze;
import io.tongbao.ledger.Movement.Leg;
import io.tongbao.ledger.Movement.Lock;
import io.tongbao.ledger.Movement.Post;
import io.tongbao.ledger.Movement.Unfreeze;
import io.tongbao.ledger.Outcome.Conflict;
import io.tongbao.ledger.Outcome.Refused;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The judge as a table: what is asked of the book below, and what comes of it. */
class JudgingTest {
  /**
   * Each account is one letter. O is the outside world; L is locked; H has 200 of 600 under hold 9;
   * M is locked with all its 300 under hold 8; F may fall to -100.
   */
  private static Book book() {
    Book book = new Book();
    open(book, 'A', 1000, 0, 0, false);
    open(book, 'B', 0, 0, 0, false);
    open(book, 'O', -5000, 0, Accounts.NO_FLOOR, false);
    open(book, 'L', 500, 0, 0, true);
    open(book, 'H', 600, 200, 0, false);
    open(book, 'M', 300, 300, 0, true);
    open(book, 'F', 0, 0, -100, false);
    book.holds.put(9L, new HoldState(9, 'H', 200));
    book.holds.put(8L, new HoldState(8, 'M', 300));
    return book;
  }

  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          post A-700 B+700                       | A=300/0 B=700/0
          post A-1000 B+1000                     | A=0/0 B=1000/0
          post A-1001 B+1001                     | INSUFFICIENT A
          post O-9999 A+9999                     | A=10999/0 O=-14999/0
          post F-100 B+100                       | B=100/0 F=-100/0
          post F-101 B+101                       | INSUFFICIENT F
          post A-100 X+100                       | ACCOUNT_UNKNOWN X
          post A-100 L+100                       | ACCOUNT_LOCKED L
          post L-100 A+100                       | ACCOUNT_LOCKED L
          post H-400 B+400                       | B=400/0 H=200/200
          post H-401 B+401                       | INSUFFICIENT H
          # a debit is covered by what came before it, not by what comes after
          post A-100 B+100 B-100 H+100           | A=900/0 B=0/0 H=700/200
          post B-100 A+100 A-100 B+100           | INSUFFICIENT B
          post A-1000 B+1000 ; post B-999 A+999  | A=999/0 B=1/0
          # all or nothing: the first posting alone would have been good
          post A-100 B+100 ; post B-101 A+101    | INSUFFICIENT B

          freeze #1 A 300                        | A=1000/300 #1=300
          freeze #1 A 1000                       | A=1000/1000 #1=1000
          freeze #1 A 1001                       | INSUFFICIENT A
          freeze #1 H 401                        | INSUFFICIENT H
          freeze #9 A 1                          | CONFLICT hold
          freeze #1 A 1 ; freeze #1 A 1          | CONFLICT hold
          freeze #1 L 1                          | ACCOUNT_LOCKED L
          freeze #1 X 1                          | ACCOUNT_UNKNOWN X
          freeze #1 A 600 ; post A-401 B+401     | INSUFFICIENT A
          freeze #1 A 600 ; post A-400 B+400     | A=600/600 B=400/0 #1=600

          unfreeze #9 50                         | H=600/150 #9=150
          unfreeze #9 200                        | H=600/0 #9=0
          unfreeze #9 201                        | HOLD_EXCEEDED H
          unfreeze #9 150 ; unfreeze #9 51       | HOLD_EXCEEDED H
          unfreeze #7 1                          | HOLD_UNKNOWN -
          unfreeze #8 300                        | M=300/0 #8=0
          freeze #1 A 10 ; unfreeze #1 10        | A=1000/0 #1=0

          capture #9 200 H-200 B+200             | B=200/0 H=400/0 #9=0
          capture #9 50 H-50 B+49 A+1            | A=1001/0 B=49/0 H=550/150 #9=150
          capture #9 50 H-51 B+51                | HOLD_EXCEEDED H
          capture #9 201 H-201 B+201             | HOLD_EXCEEDED H
          capture #7 1 H-1 B+1                   | HOLD_UNKNOWN -
          # less is taken than released: the rest is available again
          capture #9 200 H-150 B+150             | B=150/0 H=450/0 #9=0
          # money that was on its way leaves a locked account; nothing comes in, nothing else goes out
          capture #8 300 M-300 B+300             | B=300/0 M=0/0 #8=0
          capture #8 300 M-300 L+300             | ACCOUNT_LOCKED L
          capture #8 300 M-300 B+300 B-1 M+1     | ACCOUNT_LOCKED M
          capture #9 200 L-200 B+200             | ACCOUNT_LOCKED L
          unfreeze #8 300 ; post M-300 B+300     | ACCOUNT_LOCKED M

          lock A                                 | A=1000/0!
          lock A ; post A-1 B+1                  | ACCOUNT_LOCKED A
          open L ; post L-500 B+500              | B=500/0 L=0/0
          lock X                                 | ACCOUNT_UNKNOWN X
          """)
  void judges(String asked, String expected) {
    Change.Builder change = Change.at(Scene.NOON);
    Arrays.stream(asked.split(" ; ", -1)).map(JudgingTest::movement).forEach(change::move);
    assertThat(told(book().judge(change.build()))).isEqualTo(expected);
  }

  @Test
  void lines_carry_the_account_as_it_stands_after_them() {
    Change change =
        Change.at(Scene.NOON)
            .move(movement("freeze #1 A 100"))
            .move(movement("post A-700 B+700"))
            .move(movement("post B-1 A+1"))
            .build();
    Page page = ((Book.Ruling.Accepted) book().judge(change)).page();
    assertThat(page.lines.stream().map(Page.Line::after))
        .extracting(after -> after.version() + ": " + after.balance() + " / " + after.frozen())
        .containsExactly("1: 300 / 100", "1: 700 / 0", "2: 699 / 0", "2: 301 / 100");
    assertThat(page.moves).containsExactly(new Page.HoldMove("freeze", 1, 'A', 100, 100, 100));
  }

  @Test
  void judging_leaves_the_book_as_it_is_until_the_page_is_accepted() {
    Book book = book();
    Change change = Change.at(Scene.NOON).move(movement("post A-1000 B+1000")).build();
    book.judge(change);
    assertThat(book.account('A').balance()).isEqualTo(1000);
    Page page = ((Book.Ruling.Accepted) book.judge(change)).page();
    book.accept(change, page, 77);
    assertThat(book.account('A').balance()).isZero();
    assertThat(told(book.judge(change))).isEqualTo("INSUFFICIENT A");
  }

  @Test
  void what_is_no_movement_cannot_be_written_down() {
    for (String bad :
        List.of("post A-1 B+2", "post A-1", "post A-0 B+0", "freeze #1 A 0", "unfreeze #9 0")) {
      assertThatIllegalArgumentException().isThrownBy(() -> movement(bad));
    }
    assertThatIllegalArgumentException().isThrownBy(() -> movement("capture #9 0 H-1 B+1"));
    assertThatIllegalArgumentException().isThrownBy(() -> new Freeze(1, 'A', -1, 0, ""));
    assertThatIllegalArgumentException().isThrownBy(() -> new Leg('A', 1, "长".repeat(101)));
  }

  private static void open(
      Book book, char id, long balance, long frozen, long floor, boolean locked) {
    book.accounts.put((long) id, new AccountState(id, 1, balance, frozen, floor, 0, locked));
  }

  private static Movement movement(String text) {
    String[] words = text.split(" ", -1);
    return switch (words[0]) {
      case "post" -> new Post(legs(words, 1));
      case "freeze" ->
          new Freeze(hold(words[1]), words[2].charAt(0), Long.parseLong(words[3]), 0, "test");
      case "unfreeze" -> new Unfreeze(hold(words[1]), Long.parseLong(words[2]));
      case "capture" -> new Capture(hold(words[1]), Long.parseLong(words[2]), legs(words, 3));
      case "lock" -> new Lock(words[1].charAt(0), true);
      case "open" -> new Lock(words[1].charAt(0), false);
      case String other -> throw new IllegalStateException(other);
    };
  }

  private static long hold(String word) {
    return Long.parseLong(word.substring(1));
  }

  private static List<Leg> legs(String[] words, int from) {
    return Arrays.stream(words, from, words.length)
        .map(word -> new Leg(word.charAt(0), Long.parseLong(word.substring(1))))
        .toList();
  }

  private static String told(Book.Ruling ruling) {
    return switch (ruling) {
      case Book.Ruling.Answered(Refused refused) ->
          refused.reason() + " " + (refused.account() == 0 ? "-" : name(refused.account()));
      case Book.Ruling.Answered(Conflict conflict) -> "CONFLICT " + conflict.row();
      case Book.Ruling.Answered(Outcome.Committed committed) -> committed.toString();
      case Book.Ruling.Accepted(Page page) -> told(page);
    };
  }

  private static String told(Page page) {
    String accounts =
        new TreeMap<>(page.accounts)
            .values().stream().map(JudgingTest::told).collect(Collectors.joining(" "));
    String holds =
        new TreeMap<>(page.holds)
            .values().stream()
                .map(hold -> " #" + hold.id() + "=" + hold.remaining())
                .collect(Collectors.joining());
    return accounts + holds;
  }

  private static String told(AccountState account) {
    String lock =
        account.locked() && account.version() == 0 && !isLockedAtFirst(account) ? "!" : "";
    return name(account.id()) + "=" + account.balance() + "/" + account.frozen() + lock;
  }

  private static boolean isLockedAtFirst(AccountState account) {
    return book().account(account.id()).locked();
  }

  private static String name(long account) {
    return String.valueOf((char) account);
  }
}
