package org.millrace.differential;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes BPMN from a short notation, in which each line is an element or a row of flows:
 *
 * <pre>
 * s start                 an element: id, kind, what it is about
 * a work                  work of a stage; user, receive, pass, script likewise
 * b boundary a error E    attached to a; "boundary! a message m" interrupts nothing
 * p sub {                 until }; eventsub likewise
 * s -> a -> p ?x>1 -> e   flows; ?CONDITION stands before the arrow, ?default is the default
 * a loop parallel 2       an activity more than once
 * </pre>
 */
final class Model {

  private static final Pattern DEFAULT = Pattern.compile("(\\w+) \\?default ->");

  private final StringBuilder roots = new StringBuilder();
  private final Map<String, String> loops = new HashMap<>();
  private final Map<String, String> defaults = new HashMap<>();
  private final Map<String, String> names = new HashMap<>();
  private final Deque<String> open = new ArrayDeque<>();

  /** Associations stand after all else that is in a process or sub-process. */
  private final Deque<StringBuilder> artifacts = new ArrayDeque<>(List.of(new StringBuilder()));

  private int flows;

  private Model() {}

  /** The content of a document; see {@link Oracle#document}. */
  static String content(String notation) {
    return new Model().write(notation);
  }

  private String write(String notation) {
    List<String> lines = new ArrayList<>();
    for (String line : notation.lines().map(String::strip).toList()) {
      Matcher byDefault = DEFAULT.matcher(line);
      while (byDefault.find()) {
        defaults.put(byDefault.group(1), "default-" + byDefault.group(1));
      }
      if (line.contains(" loop ")) {
        String[] words = line.split(" ", -1);
        loops.put(
            words[0],
            "<multiInstanceLoopCharacteristics isSequential=\"%s\"><loopCardinality>%s</loopCardinality></multiInstanceLoopCharacteristics>"
                .formatted(words[2].equals("sequential"), words[3]));
      } else if (!line.isEmpty()) {
        lines.add(line);
      }
    }
    StringBuilder content = new StringBuilder();
    lines.forEach(line -> content.append(line(line)).append('\n'));
    return "%s<process id=\"process\" isExecutable=\"true\">\n%s</process>"
        .formatted(roots, content.append(artifacts.pop()));
  }

  private String line(String line) {
    if (line.equals("}")) {
      return artifacts.pop() + open.pop();
    }
    return line.contains("->") ? row(line) : element(line.split(" ", -1));
  }

  private String row(String line) {
    StringBuilder row = new StringBuilder();
    String[] steps = line.split("\\s*->\\s*", -1);
    for (int i = 1; i < steps.length; i++) {
      String[] source = steps[i - 1].split("\\s*\\?", 2);
      String target = steps[i].split("\\s*\\?", 2)[0];
      boolean isDefault = source.length > 1 && source[1].equals("default");
      String id = isDefault ? defaults.get(source[0]) : "f" + flows++;
      String condition =
          source.length < 2 || isDefault
              ? ""
              : "<conditionExpression xsi:type=\"tFormalExpression\">${%s}</conditionExpression>"
                  .formatted(source[1].replace("<", "&lt;").replace("&&", "&amp;&amp;"));
      row.append(
          "<sequenceFlow id=\"%s\" sourceRef=\"%s\" targetRef=\"%s\">%s</sequenceFlow>"
              .formatted(id, source[0], target, condition));
    }
    return row.toString();
  }

  private String element(String[] words) {
    String id = words[0];
    return switch (words[1]) {
      case "start" -> event("startEvent", id, "", words, 2);
      case "start!" -> event("startEvent", id, "isInterrupting=\"false\"", words, 2);
      case "end" -> event("endEvent", id, "", words, 2);
      case "catch" -> event("intermediateCatchEvent", id, "", words, 2);
      case "throw" -> event("intermediateThrowEvent", id, "", words, 2);
      case "boundary" -> event("boundaryEvent", id, "attachedToRef=\"" + words[2] + "\"", words, 3);
      case "boundary!" ->
          event(
              "boundaryEvent",
              id,
              "attachedToRef=\"" + words[2] + "\" cancelActivity=\"false\"",
              words,
              3);
      case "work" ->
          activity("serviceTask", id, "engine:type=\"WORK\" engine:topic=\"" + id + "\"");
      case "handler" ->
          activity(
              "serviceTask",
              id,
              "isForCompensation=\"true\" engine:type=\"WORK\" engine:topic=\"" + id + "\"");
      case "user" -> activity("userTask", id, "");
      case "receive" ->
          activity("receiveTask", id, "messageRef=\"" + root("message", words[2]) + "\"");
      case "pass" -> activity("task", id, "");
      case "set" ->
          "<serviceTask id=\"%s\" engine:expression=\"${%s}\" engine:resultVariable=\"%s\"/>"
              .formatted(id, words[3], words[2]);
      case "xor" -> gateway("exclusiveGateway", id);
      case "and" -> gateway("parallelGateway", id);
      case "or" -> gateway("inclusiveGateway", id);
      case "race" -> gateway("eventBasedGateway", id);
      case "undo" -> {
        artifacts
            .element()
            .append(
                "<association id=\"as%s\" associationDirection=\"One\" sourceRef=\"%s\" targetRef=\"%s\"/>"
                    .formatted(id, id, words[2]));
        yield "";
      }
      case "sub" -> nested("subProcess", id, "");
      case "transaction" -> nested("transaction", id, "");
      case "eventsub" -> nested("subProcess", id, "triggeredByEvent=\"true\"");
      default -> throw new IllegalArgumentException(String.join(" ", words));
    };
  }

  private String activity(String kind, String id, String attributes) {
    return "<%s id=\"%s\" %s %s>%s</%s>"
        .formatted(kind, id, attributes, byDefault(id), loops.getOrDefault(id, ""), kind);
  }

  private String gateway(String kind, String id) {
    return "<%s id=\"%s\" %s/>".formatted(kind, id, byDefault(id));
  }

  private String byDefault(String id) {
    return defaults.containsKey(id) ? "default=\"" + defaults.get(id) + "\"" : "";
  }

  private String nested(String kind, String id, String attributes) {
    open.push("</" + kind + ">");
    artifacts.push(new StringBuilder());
    return "<%s id=\"%s\" %s %s>%s"
        .formatted(kind, id, attributes, byDefault(id), loops.getOrDefault(id, ""));
  }

  private String event(String kind, String id, String attributes, String[] words, int about) {
    String name = words.length > about + 1 ? words[about + 1] : null;
    String definition =
        words.length <= about
            ? ""
            : switch (words[about]) {
              case "timer" ->
                  "<timerEventDefinition><timeDuration>PT%s</timeDuration></timerEventDefinition>"
                      .formatted(name == null ? "1H" : name);
              case "cycle" ->
                  "<timerEventDefinition><timeCycle>R3/PT1H</timeCycle></timerEventDefinition>";
              case "terminate" -> "<terminateEventDefinition/>";
              case "cancel" -> "<cancelEventDefinition/>";
              case "compensate" ->
                  "<compensateEventDefinition%s/>"
                      .formatted(name == null ? "" : " activityRef=\"" + name + "\"");
              case "link" -> "<linkEventDefinition name=\"%s\"/>".formatted(name);
              case "error", "message", "signal", "escalation" ->
                  "<%sEventDefinition%s/>"
                      .formatted(
                          words[about],
                          name == null
                              ? ""
                              : " %sRef=\"%s\"".formatted(words[about], root(words[about], name)));
              default -> throw new IllegalArgumentException(String.join(" ", words));
            };
    return "<%s id=\"%s\" %s>%s</%s>".formatted(kind, id, attributes, definition, kind);
  }

  private String root(String kind, String name) {
    String id = kind + "-" + name;
    if (names.put(id, name) == null) {
      String code =
          switch (kind) {
            case "error" -> "errorCode";
            case "escalation" -> "escalationCode";
            default -> "name";
          };
      roots.append("<%s id=\"%s\" %s=\"%s\"/>\n".formatted(kind, id, code, name));
    }
    return id;
  }
}
