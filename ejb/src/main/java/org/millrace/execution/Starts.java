package org.millrace.execution;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.millrace.api.operation.EventRequest;
import org.millrace.api.operation.Refusal;
import org.millrace.api.operation.StartRequest;
import org.millrace.execution.ReplyStore.ReplyTo;
import org.millrace.kernel.Decision;
import org.millrace.kernel.Decision.Accepted;
import org.millrace.kernel.Decision.Rejected;
import org.millrace.kernel.command.Command;
import org.millrace.kernel.state.InstanceState;

/** Starts instances, each request once. */
@Singleton
public class Starts {

  private static final String QUEUE = "start";

  private final Engine engine;
  private final DefinitionStore definitions;
  private final RequestStore requests;
  private final Replies replies;
  private final Upkeep upkeep;

  @Inject
  public Starts(
      Engine engine,
      DefinitionStore definitions,
      RequestStore requests,
      Replies replies,
      Upkeep upkeep) {
    this.engine = engine;
    this.definitions = definitions;
    this.requests = requests;
    this.replies = replies;
    this.upkeep = upkeep;
  }

  /**
   * Starts an instance at its none start event.
   *
   * @param replyTo who waits for its end; null for nobody
   * @param acknowledge whether that one is also told now that it has started
   * @return its id; for a request id accepted before, the first one's
   * @throws Refusal INVALID with a reason
   */
  public String start(StartRequest request, @Nullable ReplyTo replyTo, boolean acknowledge) {
    Keys.require("process", request.process());
    Keys.require("businessKey", request.businessKey());
    Keys.require("requestId", request.requestId());
    int newest = definitions.newestVersion(request.process());
    if (newest == 0) {
      throw invalid("process \"%s\" is not deployed".formatted(request.process()));
    }
    int version = request.version() == null ? newest : request.version();
    if (version < 1 || version > newest) {
      throw invalid(
          "process \"%s\" has no version %d; its newest is %d"
              .formatted(request.process(), version, newest));
    }
    Instance fresh = fresh(request.process(), version, replyTo != null);
    Accepted begun =
        decide(
            fresh,
            new Command.Start(
                null, request.businessKey(), request.priority(), request.variables()));
    if (request.requestId() != null) {
      String first =
          requests.claim(QUEUE, request.process(), request.requestId(), fresh.id(), begun.at());
      if (first != null) {
        if (replyTo != null) {
          answerAgain(first, replyTo, acknowledge);
        }
        return first;
      }
      upkeep.expect(begun.at().plus(Expiry.REQUESTS));
    }
    if (replyTo != null) {
      replies.add(fresh, replyTo);
      if (acknowledge) {
        replies.started(fresh.next(begun), replyTo); // Before its end, which may come at once.
      }
    }
    return engine.begin(fresh, begun).id();
  }

  /**
   * Starts an instance of each process that this message starts, the one deployed last first.
   *
   * @return the first one's id; null if there is none
   */
  @Nullable String startBy(EventRequest event) {
    // All are decided before any begins: one that is refused leaves nothing behind.
    List<Decided> decided = new ArrayList<>();
    for (DefinitionStore.MessageStart start : definitions.startedBy(event.message())) {
      Instance fresh = fresh(start.process(), definitions.newestVersion(start.process()), false);
      Command.Start command =
          new Command.Start(
              start.element(),
              event.businessKey(),
              StartRequest.DEFAULT_PRIORITY,
              event.variables(),
              event.message());
      decided.add(new Decided(fresh, decide(fresh, command)));
    }
    decided.forEach(one -> engine.begin(one.fresh(), one.begun()));
    return decided.isEmpty() ? null : decided.get(0).fresh().id();
  }

  private record Decided(Instance fresh, Accepted begun) {}

  /** Starts an instance at an event that has come, without a business key. */
  void startAt(String process, int version, String element, Map<String, Object> variables) {
    startAt(
        process,
        version,
        new Command.Start(element, null, StartRequest.DEFAULT_PRIORITY, variables));
  }

  /** Likewise of the newest version, which may have no such event any more. */
  void startNewestAt(String process, String element, Map<String, Object> variables) {
    int version = definitions.newestVersion(process);
    startAt(process, version, element, variables);
  }

  private String startAt(String process, int version, Command.Start start) {
    Instance fresh = fresh(process, version, false);
    return engine.begin(fresh, decide(fresh, start)).id();
  }

  private static Instance fresh(String process, int version, boolean replies) {
    String id = UUID.randomUUID().toString();
    return new Instance(id, process, version, 0, replies, null, InstanceState.initial(id));
  }

  private Accepted decide(Instance fresh, Command.Start start) {
    Decision decision = engine.decide(fresh, start);
    if (decision instanceof Rejected rejected) {
      throw invalid(rejected.reason());
    }
    return (Accepted) decision;
  }

  /** The first request's instance answers this one as well: now, or when it ends. */
  private void answerAgain(String instanceId, ReplyTo replyTo, boolean acknowledge) {
    Instance instance = engine.readSettled(instanceId);
    if (instance == null) {
      throw invalid("the instance of this requestId is no longer kept");
    }
    if (acknowledge) {
      replies.started(instance, replyTo);
    }
    if (instance.state().status().ended()) {
      replies.send(instance, replyTo);
      return;
    }
    engine.expectReplies(instance);
    replies.add(instance, replyTo);
  }

  private static Refusal invalid(String reason) {
    return new Refusal(Refusal.Kind.INVALID, reason);
  }
}
