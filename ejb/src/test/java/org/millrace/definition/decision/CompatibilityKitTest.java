package org.millrace.definition.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kie.dmn.api.core.DMNContext;
import org.kie.dmn.api.core.DMNResult;
import org.kie.dmn.core.impl.DMNRuntimeImpl;
import org.millrace.definition.decision.KitCases.Case;

/** The DMN TCK, levels 2 and 3, with all the guards in place: which cases fail, by name. */
class CompatibilityKitTest {

  private static final String FOLDER = System.getProperty("millrace.models", "");
  private static final Path PAGE = Path.of("../docs/dmn-tck.md");

  /** Each has a reason, or it is none that we knew of. */
  private static final Map<String, String> WHY =
      Map.of(
          "0068-feel-equality",
          "two ranges that are written differently are compared by what they contain; the library has it otherwise",
          "0076-feel-external-java",
          "on purpose: an expression calls no Java");

  private final Map<String, List<String>> failures = new TreeMap<>();
  private int passed;
  private int total;

  @Test
  void thePageNamesTheCasesThatFail(@TempDir Path unpacked) throws IOException {
    Path kit = Path.of(FOLDER, "dmn-tck.tar.gz");
    assumeTrue(
        !FOLDER.isEmpty() && Files.exists(kit),
        "skipped: -Dmillrace.models names no folder with dmn-tck.tar.gz");
    unpack(kit, unpacked);
    StringBuilder levels = new StringBuilder();
    for (int level : List.of(2, 3)) {
      int passedBefore = passed;
      int totalBefore = total;
      run(unpacked.resolve("TestCases/compliance-level-" + level));
      levels.append(
          "| %d | %,d | %,d |\n".formatted(level, total - totalBefore, passed - passedBefore));
    }
    String page = page(levels.toString());
    Path actual = Files.writeString(Path.of("target/dmn-tck.md"), page);
    assertThat(PAGE)
        .as(
            "what fails is named in docs/dmn-tck.md; if it is as it should be, take it from %s",
            actual)
        .hasContent(page);
    String figure = "%,d of its %,d cases".formatted(passed, total);
    assertThat(Path.of("../README.md")).content().contains(figure);
    assertThat(Path.of("../README.zh.md"))
        .content()
        .contains("%,d".formatted(passed), "%,d".formatted(total));
  }

  private String page(String levels) {
    StringBuilder page =
        new StringBuilder(
            """
            # The DMN compatibility kit

            Made by `CompatibilityKitTest`, which fails when this page and what it finds differ. It runs the public test cases of the
            [DMN TCK](https://github.com/dmn-tck/tck), levels 2 and 3, on decisions as they are deployed: with all guards in place.

            | level | cases | passed |
            | --- | --- | --- |
            %s
            Together %,d of %,d: %.1f %%.

            ## What fails

            | model | cases | why |
            | --- | --- | --- |
            """
                .formatted(levels, passed, total, 100.0 * passed / total));
    failures.forEach(
        (model, cases) ->
            page.append(
                "| %s | %s | %s |\n".formatted(model, String.join(", ", cases), WHY.get(model))));
    return page.toString();
  }

  private static void unpack(Path kit, Path folder) throws IOException {
    try (TarArchiveInputStream archive =
        new TarArchiveInputStream(new GZIPInputStream(Files.newInputStream(kit)))) {
      TarArchiveEntry entry = archive.getNextEntry();
      while (entry != null) {
        Path file = folder.resolve(entry.getName()).normalize();
        if (entry.isFile() && file.startsWith(folder)) {
          Files.createDirectories(file.getParent());
          Files.copy(archive, file);
        }
        entry = archive.getNextEntry();
      }
    }
  }

  private void run(Path level) throws IOException {
    for (Path folder : sorted(level)) {
      for (Path file : sorted(folder)) {
        if (file.toString().endsWith(".xml")) {
          run(folder, KitCases.read(file));
        }
      }
    }
  }

  private void run(Path folder, KitCases cases) throws IOException {
    DmnCompiler.Check check = DmnCompiler.check(cases.text(folder), cases.imported(folder));
    for (Case one : cases.cases()) {
      total++;
      if (isPassed(check, one)) {
        passed++;
      } else {
        failures
            .computeIfAbsent(folder.getFileName().toString(), name -> new ArrayList<>())
            .add(one.id());
      }
    }
  }

  private static boolean isPassed(DmnCompiler.Check check, Case one) {
    CompiledDocument document = check.document();
    return document != null
        && one.expectations().stream()
            .allMatch(each -> each.isMetBy(evaluate(document, one, each.name())));
  }

  private static @Nullable Object evaluate(CompiledDocument document, Case one, String name) {
    Budget.begin();
    try {
      DMNRuntimeImpl runtime = document.runtime();
      DMNContext context = runtime.newContext();
      one.inputs().forEach(context::set);
      if (one.service() != null) {
        DMNResult result =
            runtime.evaluateDecisionService(document.model(), context, one.service());
        return result.getDecisionResultByName(name) == null
            ? result.getContext().get(name)
            : result.getDecisionResultByName(name).getResult();
      }
      DMNResult result = runtime.evaluateByName(document.model(), context, name);
      return result.getDecisionResultByName(name).getResult();
    } finally {
      Budget.end();
    }
  }

  private static List<Path> sorted(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }
}
