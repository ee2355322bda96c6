package io.tongbao.server.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.CaseTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ConstantCaseLabelTree;
import com.sun.source.tree.DefaultCaseLabelTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.IfTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.SwitchExpressionTree;
import com.sun.source.tree.SwitchTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.lang.model.element.Modifier;
import org.junit.jupiter.api.Test;

/** The style that a machine can see (docs/STYLE.md), in every module and its tests. */
class TidyTest {
  private static final List<Source> MAIN = Source.ofMain();
  private static final List<Source> ALL = Source.ofAll();
  private static final int FILE_LINES = 400;
  private static final int METHOD_LINES = 60;

  private static final Pattern EMPTY_NAMES =
      Pattern.compile(
          "(Abstract|Base)[A-Z].*"
              + "|.*(Impl|Util|Utils|Helper|Manager|DTO|Dto|VO|Service|Controller)");

  /** Libraries and annotations that this project does without, and where the reasons are. */
  private static final Pattern UNWANTED =
      Pattern.compile(
          "@Trans"
              + "actional\\b|@Value\\(|import (static )?(lombok|org\\.mockito|org\\.mapstruct"
              + "|com\\.alibaba|net\\.jqwik|jakarta\\.persistence|org\\.hibernate)\\b");

  private static final Pattern UNFINISHED =
      Pattern.compile("\\b(TO" + "DO|FIX" + "ME|XX" + "X|HA" + "CK)\\b|@au" + "thor\\b");

  private static final Pattern SECRET_COMPARED =
      Pattern.compile("(?i)(.*[._])?(sign|signature|mac|hmac|mess|digest)(\\(\\))?");

  @Test
  void theRulesSeeTheProject() {
    assertThat(MAIN).hasSizeGreaterThan(100);
    assertThat(ALL).hasSizeGreaterThan(MAIN.size());
  }

  @Test
  void namesSaySomething() {
    assertThat(
            each(
                MAIN,
                ClassTree.class,
                (source, type) -> EMPTY_NAMES.matcher(type.getSimpleName()).matches()))
        .isEmpty();
  }

  @Test
  void unwantedLibrariesStayOut() {
    assertThat(grep(ALL, UNWANTED)).isEmpty();
  }

  @Test
  void filesAreShort() {
    assertThat(
            ALL.stream()
                .filter(source -> source.text().lines().count() > FILE_LINES)
                .map(Source::path))
        .isEmpty();
  }

  /** A test may list its cases as long as there are any. */
  @Test
  void methodsAreShort() {
    assertThat(
            each(
                MAIN,
                MethodTree.class,
                (source, method) -> source.lines(method) > METHOD_LINES && !isTable(method)))
        .isEmpty();
  }

  @Test
  void classesAreFinal() {
    assertThat(each(MAIN, ClassTree.class, (source, type) -> isOpen(type))).isEmpty();
  }

  @Test
  void everyTypeSaysWhatItIs() {
    List<String> silent = new ArrayList<>();
    for (Source source : MAIN) {
      for (Tree type : source.unit().getTypeDecls()) {
        if (type instanceof ClassTree named
            && !named.getSimpleName().isEmpty()
            && source.trees().getDocComment(TreePath.getPath(source.unit(), type)) == null) {
          silent.add(source.at(type));
        }
      }
    }
    assertThat(silent).isEmpty();
  }

  @Test
  void everyPackageIsNullMarked() {
    Set<Path> marked =
        Set.copyOf(
            MAIN.stream()
                .filter(source -> source.path().endsWith("package-info.java"))
                .filter(source -> source.text().contains("NullMarked"))
                .map(source -> source.path().getParent())
                .toList());
    assertThat(
            MAIN.stream()
                .map(source -> source.path().getParent())
                .filter(folder -> !folder.endsWith("io/tongbao/server"))
                .distinct())
        .allMatch(marked::contains);
  }

  @Test
  void nothingComesAfterAReturn() {
    assertThat(
            each(
                ALL,
                IfTree.class,
                (source, choice) ->
                    choice.getElseStatement() != null && leaves(choice.getThenStatement())))
        .isEmpty();
  }

  @Test
  void closedChoicesHaveNoDefault() {
    List<String> found = new ArrayList<>();
    found.addAll(each(MAIN, SwitchTree.class, (source, choice) -> hidesCases(choice.getCases())));
    found.addAll(
        each(MAIN, SwitchExpressionTree.class, (source, choice) -> hidesCases(choice.getCases())));
    assertThat(found).isEmpty();
  }

  @Test
  void signaturesAreComparedInConstantTime() {
    assertThat(each(MAIN, MethodInvocationTree.class, (source, call) -> comparesSecret(call)))
        .isEmpty();
  }

  @Test
  void timeComesFromTheMerchantsClock() {
    Pattern wall =
        Pattern.compile(
            "\\b(Instant|LocalDate|LocalDateTime|ZonedDateTime|OffsetDateTime)\\.now\\(\\)"
                + "|System\\.currentTimeMillis\\(|new Date\\(\\)|Clock\\.system");
    assertThat(grep(MAIN, wall))
        .allMatch(
            place -> Clocks.ALLOWED.stream().anyMatch(place::startsWith),
            "a place that Clocks.ALLOWED names");
  }

  @Test
  void nothingIsLeftUnfinished() throws IOException {
    List<String> found = new ArrayList<>();
    for (Path file :
        Source.files(
            ".java", ".sql", ".yaml", ".xml", ".md", ".html", ".css", ".js", "/tongbao", "/run")) {
      Matcher matcher = UNFINISHED.matcher(Files.readString(file));
      if (matcher.find()) {
        found.add(Source.PROJECT.relativize(file) + ": " + matcher.group());
      }
    }
    assertThat(found).isEmpty();
  }

  @Test
  void migrationsHaveNumbersOfTheirOwn() {
    List<String> numbers = new ArrayList<>();
    for (Path file : Source.files(".sql")) {
      String path = Source.PROJECT.relativize(file).toString();
      Matcher name =
          Pattern.compile(".*/db/(ledger|server)/V([0-9]{3})__[a-z0-9_]+\\.sql").matcher(path);
      boolean callback = path.matches(".*/afterMigrate__[a-z0-9_]+\\.sql"); // runs after them all
      if (!path.contains("/src/main/resources/db/") || callback) {
        continue;
      }
      assertThat(name.matches()).as(path).isTrue();
      assertThat(Integer.parseInt(name.group(2)) < 100)
          .as(path)
          .isEqualTo(name.group(1).equals("ledger"));
      numbers.add(name.group(2));
    }
    assertThat(numbers).isNotEmpty().doesNotHaveDuplicates();
  }

  /** A method that is one switch from a closed choice to values: a table, as long as the choice. */
  private static boolean isTable(MethodTree method) {
    return method.getBody() != null
        && method.getBody().getStatements().size() == 1
        && method.getBody().getStatements().getFirst() instanceof ReturnTree answer
        && answer.getExpression() instanceof SwitchExpressionTree choice
        && choice.getCases().stream().allMatch(row -> row.getBody() instanceof ExpressionTree);
  }

  private static boolean isOpen(ClassTree type) {
    return type.getKind() == Tree.Kind.CLASS
        && !type.getSimpleName().isEmpty()
        && Set.of(Modifier.FINAL, Modifier.SEALED, Modifier.ABSTRACT).stream()
            .noneMatch(type.getModifiers().getFlags()::contains)
        && !type.getModifiers().toString().contains("@SpringBootApplication")
        && !type.getModifiers().toString().contains("@Configuration");
  }

  private static boolean leaves(StatementTree statement) {
    if (statement instanceof BlockTree block) {
      return !block.getStatements().isEmpty() && leaves(block.getStatements().getLast());
    }
    return switch (statement.getKind()) {
      case RETURN, THROW, CONTINUE, BREAK -> true;
      default -> false;
    };
  }

  /** A switch whose cases are constants of an enum, and which has a default beside. */
  private static boolean hidesCases(List<? extends CaseTree> cases) {
    boolean hasDefault =
        cases.stream()
            .flatMap(one -> one.getLabels().stream())
            .anyMatch(DefaultCaseLabelTree.class::isInstance);
    return hasDefault
        && cases.stream()
            .flatMap(one -> one.getLabels().stream())
            .anyMatch(label ->
                label instanceof ConstantCaseLabelTree constant
                    && constant.getConstantExpression() instanceof IdentifierTree);
  }

  private static boolean comparesSecret(MethodInvocationTree call) {
    if (!(call.getMethodSelect() instanceof MemberSelectTree method)
        || !Set.of("equals", "equalsIgnoreCase", "contentEquals")
            .contains(method.getIdentifier().toString())) {
      return false;
    }
    List<String> compared = new ArrayList<>();
    compared.add(method.getExpression().toString());
    call.getArguments().forEach(argument -> compared.add(argument.toString()));
    return compared.stream().anyMatch(text -> SECRET_COMPARED.matcher(text).matches());
  }

  /** The places of all trees of {@code kind} that {@code wrong} names. */
  private static <T extends Tree> List<String> each(
      List<Source> sources, Class<T> kind, BiPredicate<Source, T> wrong) {
    List<String> found = new ArrayList<>();
    for (Source source : sources) {
      walk(
          source.unit(),
          tree -> {
            if (kind.isInstance(tree) && wrong.test(source, kind.cast(tree))) {
              found.add(source.at(tree));
            }
          });
    }
    return found;
  }

  private static void walk(Tree root, Consumer<Tree> visit) {
    new TreeScanner<Void, Void>() {
      @Override
      public Void scan(Tree tree, Void nothing) {
        if (tree != null) {
          visit.accept(tree);
        }
        return super.scan(tree, null);
      }
    }.scan(root, null);
  }

  private static List<String> grep(List<Source> sources, Pattern pattern) {
    List<String> found = new ArrayList<>();
    for (Source source : sources) {
      Matcher matcher = pattern.matcher(source.text());
      while (matcher.find()) {
        long line = source.unit().getLineMap().getLineNumber(matcher.start());
        found.add(source.path() + ":" + line + " " + matcher.group().toLowerCase(Locale.ROOT));
      }
    }
    return found;
  }
}
