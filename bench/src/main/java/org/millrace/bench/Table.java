package org.millrace.bench;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** How the contenders compare in one race: medians of all turns, and the span of ratios. */
record Table(Race race, Map<String, List<Turn>> results) {

  private static final String HEAD =
      """
      | %s | stages/s here | Millrace to it | worst and best turn | CPU ms/stage | in the database | commits/stage |
      | --- | --- | --- | --- | --- | --- | --- |
      """;

  String markdown() {
    return results.keySet().stream()
        .map(this::line)
        .collect(Collectors.joining("", "\n" + HEAD.formatted(race.process()), ""));
  }

  private String line(String contender) {
    List<Turn> own = of("Millrace");
    List<Turn> all = of(contender);
    double[] ratios = ratios(own, all, Turn::perSecond);
    return "| %s | %.0f | **%.2f** | %.2f to %.2f | %.2f | %.2f | %.2f |%n"
        .formatted(
            contender,
            median(all, Turn::perSecond),
            median(own, Turn::perSecond) / median(all, Turn::perSecond),
            ratios[0],
            ratios[ratios.length - 1],
            median(all, Turn::engine),
            median(all, Turn::database),
            median(all, Turn::commits));
  }

  private List<Turn> of(String contender) {
    return Objects.requireNonNull(results.get(contender));
  }

  /** One's turns to another's, the least first. */
  static <T> double[] ratios(List<T> own, List<T> others, ToDoubleFunction<T> of) {
    return IntStream.range(0, others.size())
        .mapToDouble(i -> of.applyAsDouble(own.get(i)) / of.applyAsDouble(others.get(i)))
        .sorted()
        .toArray();
  }

  static <T> double median(List<T> turns, ToDoubleFunction<T> of) {
    double[] sorted = turns.stream().mapToDouble(of).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
