package org.millrace.definition;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.charset.Charset;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.millrace.api.operation.DeploymentRefused;
import org.millrace.definition.decision.DecisionModel;
import org.millrace.definition.decision.DmnCompiler;

/** Reads a DMN document, of any version from 1.1 on. */
public final class DmnReader {

  private static final Pattern ENCODING =
      Pattern.compile("^<\\?xml[^>]{0,200}encoding\\s*=\\s*[\"']([A-Za-z0-9_-]+)[\"']");

  private static final String FEEL = "feel";

  /** What others import. */
  private static final Set<String> PARTS =
      Set.of("itemDefinition", "businessKnowledgeModel", "decisionService");

  private final Problems problems = new Problems();
  private final Set<String> ids = new HashSet<>();
  private final DmnBounds bounds = new DmnBounds();

  /**
   * A document.
   *
   * @param id that of the document itself, or else its namespace
   * @param decisions in the document's order; none in one that is only there for others to import
   * @param imported the documents that it imports, and those that these import
   */
  public record Document(
      String id,
      @Nullable String name,
      @Nullable String namespace,
      List<DecisionModel> decisions,
      List<byte[]> imported) {}

  private DmnReader() {}

  /** Whether this is meant as DMN, whatever else may be wrong with it. */
  public static boolean isDmn(byte[] xml) {
    return isDmn(XmlGuard.read(xml));
  }

  static boolean isDmn(XmlElement root) {
    return root.kind().equals("definitions") && root.name().getNamespaceURI().contains("/DMN/");
  }

  /**
   * Compiles the decisions of a document. Fetches nothing and calls nothing outside of it, whatever
   * the document says.
   *
   * @param xml the document as it was written
   * @param deployed what it may import
   * @throws DeploymentRefused with all that is wrong with it
   */
  public static Document read(byte[] xml, ImportedDocuments deployed) {
    return new DmnReader().document(xml, deployed);
  }

  private Document document(byte[] xml, ImportedDocuments deployed) {
    XmlElement definitions = XmlGuard.read(xml);
    if (!isDmn(definitions)) {
      problems.add(definitions, "this is no DMN: it begins with " + definitions.name());
      problems.refuse();
    }
    definitions.children().forEach(this::check);
    if (ids.size() > DmnBounds.MAX_DECISIONS) {
      problems.add(
          definitions,
          "the document has more than %d decisions".formatted(DmnBounds.MAX_DECISIONS));
    }
    String namespace = definitions.attribute("namespace");
    if (ids.isEmpty() && (namespace == null || !hasParts(definitions))) {
      problems.add(definitions, "there is no decision in it, and nothing to import");
    }
    List<DmnImports.Found> imported = DmnImports.of(definitions, deployed, problems);
    // What is imported is compiled with it, and all of it together is bounded.
    imported.forEach(each -> each.root().children().forEach(part -> checkLogic(part, definitions)));
    problems.refuse();
    DmnCompiler.Compiled compiled =
        DmnCompiler.compile(text(xml), imported.stream().map(each -> text(each.xml())).toList());
    for (DmnCompiler.Flaw flaw : compiled.flaws()) {
      XmlElement element = find(definitions, flaw.element());
      problems.add(
          flaw.element(), element, flaw.line() > 0 ? flaw.line() : element.line(), flaw.message());
    }
    problems.refuse();
    String id = definitions.id();
    return new Document(
        id == null ? String.valueOf(namespace) : id,
        definitions.attribute("name"),
        namespace,
        compiled.decisions(),
        imported.stream().map(DmnImports.Found::xml).toList());
  }

  private static boolean hasParts(XmlElement definitions) {
    return definitions.children().stream().anyMatch(child -> PARTS.contains(child.kind()));
  }

  /** What the library would leave to chance, or would do and shall not. */
  private void check(XmlElement top) {
    if (top.kind().equals("decision")) {
      String id = new Reading(top, problems).requireId();
      if (!id.isEmpty() && !ids.add(id)) {
        problems.add(top, "the id \"" + id + "\" stands in the document twice");
      }
    }
    checkLogic(top, top);
  }

  private void checkLogic(XmlElement element, XmlElement top) {
    String kind = element.attribute("kind");
    if (kind != null && !kind.equalsIgnoreCase(FEEL)) {
      add(element, top, "a function is written in FEEL; %s is not supported".formatted(kind));
    }
    String language = element.attribute("expressionLanguage");
    if (language != null && !language.toLowerCase(Locale.ROOT).contains(FEEL)) {
      add(
          element,
          top,
          "the language \"%s\" is not supported; write it in FEEL".formatted(language));
    }
    if (element.kind().equals("text")) {
      String problem = bounds.exceeded(element.text());
      if (problem != null) {
        add(element, top, problem);
      }
    }
    element.children().forEach(child -> checkLogic(child, top));
  }

  private void add(XmlElement element, XmlElement top, String message) {
    problems.add(top.id(), element, element.line(), message);
  }

  private static XmlElement find(XmlElement within, @Nullable String id) {
    XmlElement found = search(within, id);
    return found == null ? within : found;
  }

  private static @Nullable XmlElement search(XmlElement within, @Nullable String id) {
    if (id == null || id.equals(within.id())) {
      return within;
    }
    for (XmlElement child : within.children()) {
      XmlElement found = search(child, id);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  /** In the encoding that it names, which {@link XmlGuard} has read it in already. */
  private static String text(byte[] xml) {
    if (xml.length > 1 && (xml[0] & 0xff) >= 0xfe && (xml[1] & 0xff) >= 0xfe) {
      return new String(xml, UTF_16);
    }
    Matcher encoding = ENCODING.matcher(new String(xml, 0, Math.min(xml.length, 300), ISO_8859_1));
    String text = new String(xml, encoding.find() ? Charset.forName(encoding.group(1)) : UTF_8);
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }
}
