package org.millrace.operation;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.millrace.api.operation.Page;
import org.millrace.api.operation.Preview;
import org.millrace.api.operation.Refusal;
import org.millrace.execution.Dispatcher;
import org.millrace.execution.Engine;
import org.millrace.execution.Ids;
import org.millrace.execution.Instance;
import org.millrace.execution.Keys;
import org.millrace.kernel.Decision;
import org.millrace.kernel.Decision.Accepted;
import org.millrace.kernel.Decision.Rejected;
import org.millrace.kernel.command.Command;
import org.millrace.kernel.state.Wait;

/** Carries out commands for people: a rejection becomes a refusal that says why. */
@Singleton
public class Commands {

  private final Engine engine;
  private final Dispatcher dispatcher;

  @Inject
  public Commands(Engine engine, Dispatcher dispatcher) {
    this.engine = engine;
    this.dispatcher = dispatcher;
  }

  void execute(String instanceId, Command command) {
    accepted(engine.execute(require(instanceId).id(), command));
  }

  /** What a command would do just now; changes nothing. */
  Preview preview(String instanceId, Command command) {
    Instance before = require(instanceId);
    return Previews.of(before, accepted(engine.decide(before, command)));
  }

  /** Refuses what is no part of a list. */
  /**
   * Carries out what stands in a transaction of its own for each.
   *
   * @return for how many; what was dealt with by somebody else meanwhile is refused, and not
   *     counted
   */
  static int forEach(Collection<String> ids, Consumer<String> operation) {
    int done = 0;
    for (String id : ids) {
      try {
        operation.accept(id);
        done++;
      } catch (Refusal elsewhere) {
        // Then it is not this call that did it.
      }
    }
    return done;
  }

  static void requirePart(int from, int size) {
    if (from < 0) {
      throw new Refusal(Refusal.Kind.INVALID, "from: must not be less than 0");
    }
    if (size < 1 || size > Page.MAX_SIZE) {
      throw new Refusal(Refusal.Kind.INVALID, "size: must be from 1 to " + Page.MAX_SIZE);
    }
  }

  static Accepted accepted(Decision decision) {
    if (decision instanceof Rejected rejected) {
      throw new Refusal(
          switch (rejected.kind()) {
            case STALE, TOO_EARLY -> Refusal.Kind.CONFLICT;
            case INVALID, FAILED -> Refusal.Kind.INVALID;
          },
          rejected.reason());
    }
    return (Accepted) decision;
  }

  /** The instance as it is when nobody changes it any more, and nobody else can. */
  Instance requireSettled(String instanceId) {
    Keys.requireText("the id", instanceId);
    Instance instance = engine.readSettled(instanceId);
    if (instance == null) {
      throw notFound("instance", instanceId);
    }
    return instance;
  }

  Instance require(String instanceId) {
    Keys.requireText("the id", instanceId);
    Instance instance = find(instanceId);
    if (instance == null) {
      throw notFound("instance", instanceId);
    }
    return instance;
  }

  /** As its clients have been told that it is. */
  private @Nullable Instance find(String id) {
    dispatcher.settle();
    return engine.read(id);
  }

  /** The wait with this id: gone ones are a conflict, unknown ones are not found. */
  Wait requireWait(String waitId) {
    Ids id = parse("wait", waitId);
    Instance instance = require("wait", waitId, id);
    Wait wait = instance.state().findWait(id.number());
    if (wait == null) {
      if (id.number() < instance.state().nextId()) {
        throw new Refusal(
            Refusal.Kind.CONFLICT, "wait " + waitId + " is answered or no longer waited for");
      }
      throw notFound("wait", waitId);
    }
    return wait;
  }

  Instance require(String what, String id, Ids parsed) {
    Instance instance = find(parsed.instanceId());
    if (instance == null) {
      throw notFound(what, id);
    }
    return instance;
  }

  static Ids parse(String what, @Nullable String id) {
    Ids parsed = Ids.parse(id);
    if (parsed == null) {
      throw notFound(what, String.valueOf(id));
    }
    return parsed;
  }

  static Refusal notFound(String what, String id) {
    return new Refusal(
        Refusal.Kind.NOT_FOUND, "there is no %s with the id \"%s\"".formatted(what, id));
  }
}
