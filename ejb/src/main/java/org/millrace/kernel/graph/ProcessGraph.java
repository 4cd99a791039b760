package org.millrace.kernel.graph;

import static java.util.Comparator.comparing;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toUnmodifiableSet;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.millrace.kernel.element.BoundaryEvent;
import org.millrace.kernel.element.ConditionDefinition;
import org.millrace.kernel.element.Element;
import org.millrace.kernel.element.EventDefinition;
import org.millrace.kernel.element.Join;
import org.millrace.kernel.element.StartEvent;
import org.millrace.kernel.element.SubProcess;

/**
 * One version of a process in the form in which it is executed. Immutable, made once, shared by all
 * threads.
 */
public final class ProcessGraph {

  private final String id;
  private final @Nullable String name;
  private final Map<String, Element> elements = new LinkedHashMap<>();
  private final Map<String, Flow> flows = new HashMap<>();
  private final Set<Class<?>> kinds;
  private final Set<String> joining;
  private final Map<String, List<Element>> within;
  private final Map<String, List<BoundaryEvent>> boundaries;
  private final Map<String, List<StartEvent>> starts;
  private final Map<String, List<SubProcess>> eventSubProcesses;
  private final Map<String, String> handlers = new HashMap<>();
  private final Set<String> isHandler;
  private final boolean hasConditions;
  private final Particulars particulars;

  /**
   * What a process says of itself beside its elements.
   *
   * @param initial the variables that an instance begins with where its start gives no others
   * @param historyTimeToLive how long an instance is kept when it has ended; null where it is not
   *     said
   * @param besides what other engines would do besides when an instance begins and ends
   */
  public record Particulars(
      Map<String, Object> initial, @Nullable Duration historyTimeToLive, Besides besides) {

    public static final Particulars NONE = new Particulars(Map.of(), null, Besides.NOTHING);
  }

  /**
   * Puts a process together.
   *
   * @param id the process id
   * @param elements all its elements, those of its sub-processes too; the parent of the outermost
   *     is the process id
   */
  public ProcessGraph(String id, @Nullable String name, List<Element> elements) {
    this(id, name, elements, Particulars.NONE);
  }

  /** Puts a process together. */
  public ProcessGraph(
      String id, @Nullable String name, List<Element> elements, Particulars particulars) {
    this.particulars = particulars;
    this.id = id;
    this.name = name;
    for (Element element : elements) {
      this.elements.put(element.id(), element);
      element.node().outgoing().forEach(flow -> flows.put(flow.id(), flow));
    }
    kinds = elements.stream().map(Element::getClass).collect(toUnmodifiableSet());
    joining =
        all(elements, Join.class).stream()
            .map(join -> join.node().parent())
            .collect(toUnmodifiableSet());
    within = elements.stream().collect(groupingBy(element -> element.node().parent()));
    boundaries =
        all(elements, BoundaryEvent.class).stream()
            .sorted(comparing(boundary -> boundary.definition().catchesAll()))
            .collect(groupingBy(BoundaryEvent::attachedTo));
    starts =
        all(elements, StartEvent.class).stream()
            .collect(groupingBy(start -> start.node().parent()));
    eventSubProcesses =
        all(elements, SubProcess.class).stream()
            .filter(SubProcess::triggeredByEvent)
            .collect(groupingBy(subProcess -> subProcess.node().parent()));
    hasConditions =
        elements.stream()
            .flatMap(element -> element.definition().parts().stream())
            .anyMatch(ConditionDefinition.class::isInstance);
    for (StartEvent start : all(elements, StartEvent.class)) {
      if (start.definition() instanceof EventDefinition.CompensationStart) {
        Element own = element(start.node().parent());
        handlers.put(own.node().parent(), own.id());
      }
    }
    for (BoundaryEvent boundary : all(elements, BoundaryEvent.class)) {
      if (boundary.definition() instanceof EventDefinition.CompensationBoundary compensation) {
        handlers.put(boundary.attachedTo(), compensation.handler());
      }
    }
    isHandler = Set.copyOf(handlers.values());
  }

  private static <T> List<T> all(List<Element> elements, Class<T> kind) {
    return elements.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  public String id() {
    return id;
  }

  /** The start's variables over those that the process itself brings. */
  public Map<String, Object> begun(Map<String, Object> given) {
    if (particulars.initial().isEmpty()) {
      return given;
    }
    Map<String, Object> variables = new LinkedHashMap<>(particulars.initial());
    variables.putAll(given);
    return variables;
  }

  public Besides besides() {
    return particulars.besides();
  }

  public @Nullable String name() {
    return name;
  }

  /** How long an instance is kept when it has ended; null where the process does not say. */
  public @Nullable Duration historyTimeToLive() {
    return particulars.historyTimeToLive();
  }

  /**
   * The element with this id.
   *
   * @throws IllegalArgumentException if there is none
   */
  public Element element(String elementId) {
    Element element = elements.get(elementId);
    if (element == null) {
      throw new IllegalArgumentException("process " + id + " has no element " + elementId);
    }
    return element;
  }

  /** The sequence flow with this id, which an element of this graph has as its incoming one. */
  public Flow flow(String flowId) {
    return requireNonNull(flows.get(flowId), () -> "process " + id + " has no flow " + flowId);
  }

  /** Whether a process or sub-process has joins directly in it. */
  public boolean hasJoins(String container) {
    return joining.contains(container);
  }

  /** Whether it has an element of this kind. */
  public boolean has(Class<? extends Element> kind) {
    return kinds.contains(kind);
  }

  public boolean has(String elementId) {
    return elements.containsKey(elementId);
  }

  public Iterable<Element> elements() {
    return elements.values();
  }

  /** What lies directly in a process or sub-process, in the document's order. */
  public List<Element> within(String container) {
    return within.getOrDefault(container, List.of());
  }

  /**
   * The boundary events on an activity, those that catch a named error before those that catch all.
   */
  public List<BoundaryEvent> boundaries(String activity) {
    return boundaries.getOrDefault(activity, List.of());
  }

  /** The start events directly in a process or sub-process. */
  public List<StartEvent> starts(String container) {
    return starts.getOrDefault(container, List.of());
  }

  /** The event sub-processes directly in a process or sub-process. */
  public List<SubProcess> eventSubProcesses(String container) {
    return eventSubProcesses.getOrDefault(container, List.of());
  }

  /** What compensates an activity: one beside it or an event sub-process in it, else null. */
  public @Nullable String compensationHandler(String activity) {
    return handlers.get(activity);
  }

  public boolean isCompensationHandler(String activity) {
    return isHandler.contains(activity);
  }

  /** Whether anything in it waits for a condition. */
  public boolean hasConditions() {
    return hasConditions;
  }

  /** The names of all stages that it uses, in order. */
  public Set<String> stages() {
    Set<String> stages = new TreeSet<>();
    for (Element element : elements.values()) {
      Work work = element.work();
      if (work != null) {
        stages.add(work.stage());
      }
    }
    return stages;
  }
}
