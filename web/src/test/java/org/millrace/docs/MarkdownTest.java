package org.millrace.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Links lead somewhere, and the two languages of the README say the same. */
class MarkdownTest {

  private static final Path ROOT = Path.of("..");
  private static final Set<String> NOT_OURS = Set.of("target", ".git", ".mvn");

  private final MarkdownPage english = MarkdownPage.read(ROOT.resolve("README.md"));
  private final MarkdownPage chinese = MarkdownPage.read(ROOT.resolve("README.zh.md"));

  @Test
  void bothLanguages_haveTheSameSections() {
    assertThat(chinese.headingLevels()).isEqualTo(english.headingLevels()).isNotEmpty();
  }

  @Test
  void bothLanguages_showTheSameCode() {
    assertThat(chinese.codeBlocks()).isEqualTo(english.codeBlocks()).isNotEmpty();
  }

  @Test
  void bothLanguages_linkToTheSamePages_andToEachOther() {
    assertThat(english.links()).contains("README.zh.md");
    assertThat(chinese.links()).contains("README.md");
    assertThat(
            chinese.links().stream().map(link -> link.equals("README.md") ? "README.zh.md" : link))
        .containsExactlyInAnyOrderElementsOf(english.links());
  }

  @ParameterizedTest
  @MethodSource("pages")
  void everyRelativeLink_leadsToWhatIsThere(MarkdownPage page) {
    assertThat(page.links().stream().filter(link -> !link.contains("://")))
        .allSatisfy(link -> leads(page, link));
  }

  private static void leads(MarkdownPage page, String link) {
    int hash = link.indexOf('#');
    String path = hash < 0 ? link : link.substring(0, hash);
    Path target = path.isEmpty() ? page.file() : page.file().resolveSibling(path).normalize();
    assertThat(target).exists();
    if (hash >= 0) {
      assertThat(MarkdownPage.read(target).anchors()).contains(link.substring(hash + 1));
    }
  }

  static List<MarkdownPage> pages() throws IOException {
    List<MarkdownPage> pages = new ArrayList<>();
    Files.walkFileTree(
        ROOT,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            return NOT_OURS.contains(directory.getFileName().toString())
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (file.getFileName().toString().endsWith(".md")) {
              pages.add(MarkdownPage.read(file));
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return pages;
  }
}
