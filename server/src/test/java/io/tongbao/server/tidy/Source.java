package io.tongbao.server.tidy;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * A Java file of the project, read and parsed.
 *
 * @param path below the project's folder
 */
record Source(Path path, String text, CompilationUnitTree unit, Trees trees) {
  static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();

  /** The code that ships. */
  static List<Source> ofMain() {
    return parse("main");
  }

  /** The code that ships, and its tests. */
  static List<Source> ofAll() {
    return Stream.concat(parse("main").stream(), parse("test").stream()).toList();
  }

  /** Files of the project with one of these endings, but for what a build makes. */
  static List<Path> files(String... endings) {
    try (Stream<Path> files = Files.walk(PROJECT)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> Stream.of(endings).anyMatch(file.toString()::endsWith))
          .filter(file -> !isMade(PROJECT.relativize(file)))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isMade(Path relative) {
    for (Path part : relative) {
      if (List.of("target", ".git", "data").contains(part.toString())) {
        return true;
      }
    }
    return false;
  }

  private static List<Source> parse(String set) {
    List<Path> paths =
        files(".java").stream()
            .filter(file -> PROJECT.relativize(file).toString().contains("/src/" + set + "/"))
            .toList();
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null, manager, null, List.of(), null, manager.getJavaFileObjectsFromPaths(paths));
      Trees trees = Trees.instance(task);
      Stream.Builder<Source> sources = Stream.builder();
      for (CompilationUnitTree unit : task.parse()) {
        Path file = Path.of(unit.getSourceFile().toUri());
        sources.add(
            new Source(
                PROJECT.relativize(file),
                unit.getSourceFile().getCharContent(true).toString(),
                unit,
                trees));
      }
      return sources.build().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where {@code tree} begins, for a message: {@code path:line}. */
  String at(Tree tree) {
    return path + ":" + line(positions().getStartPosition(unit, tree));
  }

  /** How many lines {@code tree} takes. */
  long lines(Tree tree) {
    return line(positions().getEndPosition(unit, tree))
        - line(positions().getStartPosition(unit, tree))
        + 1;
  }

  private long line(long position) {
    return unit.getLineMap().getLineNumber(position);
  }

  private SourcePositions positions() {
    return trees.getSourcePositions();
  }
}
