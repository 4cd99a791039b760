package org.millrace.execution;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.millrace.execution.DefinitionStore.Kind;
import org.millrace.kernel.Decision;
import org.millrace.kernel.Decision.Accepted;
import org.millrace.kernel.Decision.Rejected;
import org.millrace.kernel.Kernel;
import org.millrace.kernel.command.Command;
import org.millrace.kernel.effect.Effect.Callee;
import org.millrace.kernel.state.InstanceState;
import org.millrace.kernel.state.Status;

/** Instances that were called by others: their start, their end, and their being given up. */
@Singleton
public class CalledInstances {

  /** Deeper than anybody calls on purpose; a process that calls itself for ever is stopped here. */
  static final int MAX_DEPTH = 100;

  private final Engine engine;
  private final DefinitionStore definitions;
  private final CallQueue queue;

  @Inject
  public CalledInstances(Engine engine, DefinitionStore definitions, CallQueue queue) {
    this.engine = engine;
    this.definitions = definitions;
    this.queue = queue;
  }

  /** A call as its message has it. */
  public record Request(
      Ids call,
      int attempt,
      Callee callee,
      @Nullable String businessKey,
      int priority,
      Map<String, Object> variables) {}

  /** What is called by a wait in this attempt: always the same instance. */
  public static String id(String callerId, int waitId, int attempt) {
    String name = "millrace-call:" + Ids.of(callerId, waitId) + ":" + attempt;
    return UUID.nameUUIDFromBytes(name.getBytes(UTF_8)).toString();
  }

  /**
   * Starts the instance that is called; one that has been started already is left alone, or says
   * again how it ended. What cannot be called is an incident of the caller's.
   *
   * <p>The caller is locked meanwhile: so it cannot give up the call without seeing the instance.
   * Nobody who has the lock of a called instance ever waits for that of its caller.
   *
   * @return why nothing was done, null if all is as it should be
   */
  public @Nullable Rejected start(Request request) {
    Instance caller = engine.readSettled(request.call().instanceId());
    if (caller == null) {
      return new Rejected(
          Decision.Kind.TOO_EARLY, "there is no instance " + request.call().instanceId());
    }
    if (caller.state().status() != Status.RUNNING) {
      return new Rejected(Decision.Kind.STALE, "the caller is " + caller.state().status().word());
    }
    Rejected rejected = Kernel.check(caller.state(), request.call().number(), request.attempt());
    if (rejected != null) {
      return rejected;
    }
    Instance called = engine.read(id(caller.id(), request.call().number(), request.attempt()));
    if (called == null) {
      begin(caller, request);
    } else if (called.state().status().ended() && called.caller() != null) {
      queue.ended(called, called.caller());
    }
    return null;
  }

  private void begin(Instance caller, Request request) {
    int depth = caller.caller() == null ? 1 : caller.caller().depth() + 1;
    String process = request.callee().process();
    int version = version(caller, request.callee());
    if (version == 0) {
      fail(caller, request, notDeployed(request.callee()));
    } else if (depth > MAX_DEPTH) {
      fail(
          caller,
          request,
          "%d instances have called each other; one more is not started".formatted(depth));
    } else {
      Instance fresh = fresh(caller, request, process, version, depth);
      Decision decision =
          engine.decide(
              fresh,
              new Command.Start(
                  null, request.businessKey(), request.priority(), request.variables()));
      if (decision instanceof Accepted begun) {
        engine.begin(fresh, begun);
      } else {
        fail(caller, request, ((Rejected) decision).reason());
      }
    }
  }

  private static Instance fresh(
      Instance caller, Request request, String process, int version, int depth) {
    int wait = request.call().number();
    String id = id(caller.id(), wait, request.attempt());
    String activity = caller.state().wait(wait).element();
    return new Instance(
        id,
        process,
        version,
        0,
        false,
        new Caller(caller.id(), wait, request.attempt(), activity, depth),
        InstanceState.initial(id));
  }

  /** The version that is called, 0 if it is not there. */
  private int version(Instance caller, Callee callee) {
    return switch (callee.binding()) {
      case LATEST -> definitions.newestVersion(callee.process());
      case DEPLOYMENT ->
          definitions.versionBeside(callee.process(), caller.process(), caller.version());
      case VERSION -> {
        int version = Integer.parseInt(String.valueOf(callee.version()));
        yield version > definitions.newestVersion(callee.process()) ? 0 : version;
      }
      case VERSION_TAG ->
          definitions.newestTagged(
              Kind.PROCESS, callee.process(), String.valueOf(callee.version()));
    };
  }

  private String notDeployed(Callee callee) {
    int newest = definitions.newestVersion(callee.process());
    return newest == 0
        ? "process \"%s\", which is called here, is not deployed".formatted(callee.process())
        : "process \"%s\", which is called here, has no version %s; its newest is %d"
            .formatted(callee.process(), callee.version(), newest);
  }

  private void fail(Instance caller, Request request, String reason) {
    engine.execute(
        caller, new Command.Fail(request.call().number(), request.attempt(), reason, null, false));
  }

  /** Tells a caller how the instance that it called has ended. */
  public Decision ended(String callerId, Command.CalledEnded called) {
    return engine.execute(callerId, called);
  }

  /** Tells a caller what the instance that it called escalates. */
  public Decision escalated(String callerId, Command.CalledEscalated called) {
    return engine.execute(callerId, called);
  }

  /**
   * Cancels an instance whose caller no longer waits for it; that starts none either, see above.
   */
  public void cancel(String instanceId) {
    engine.execute(instanceId, new Command.Cancel());
  }
}
