package org.millrace.operation;

import static org.millrace.api.operation.Roles.OPERATOR;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Local;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.millrace.api.operation.Archive;
import org.millrace.execution.Instance;
import org.millrace.execution.InstanceStore;
import org.millrace.execution.Keys;

/** Ended instances, for those who keep them elsewhere. */
@Stateless
@Local(Archive.class)
public class ArchiveOperations implements Archive {

  private static final int AT_MOST = 100;

  @Inject private InstanceStore instances;
  @Inject private Views views;

  @Override
  @RolesAllowed(OPERATOR)
  public List<Line> next(@Nullable String process, @Nullable String after) {
    Keys.requireText("process", process);
    Keys.requireText("after", after);
    return instances.ended(process, after, AT_MOST).stream().map(this::line).toList();
  }

  private Line line(Instance instance) {
    return new Line(instance.id(), JsonLine.of(views.of(instance)));
  }
}
