package org.millrace.operation;

import static org.millrace.api.operation.Roles.ADMIN;
import static org.millrace.api.operation.Roles.VIEWER;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Local;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.millrace.api.operation.DefinitionView;
import org.millrace.api.operation.Definitions;
import org.millrace.api.operation.ElementView;
import org.millrace.execution.DefinitionStore;
import org.millrace.execution.Deployments;
import org.millrace.execution.Graphs;
import org.millrace.execution.Keys;
import org.millrace.kernel.element.Element;

/** What is deployed, for people. */
@Stateless
@Local(Definitions.class)
public class DefinitionOperations implements Definitions {

  @Inject private Deployments deployments;
  @Inject private DefinitionStore store;
  @Inject private Graphs graphs;

  @Override
  @RolesAllowed(ADMIN)
  public List<DefinitionView> deploy(@Nullable String name, byte[] xml) {
    Keys.requireText("name", name);
    return deployments.deploy(name, xml);
  }

  @Override
  @RolesAllowed(VIEWER)
  public List<DefinitionView> list() {
    return store.list();
  }

  @Override
  @RolesAllowed(VIEWER)
  public byte[] xml(String id, int version) {
    Keys.requireText("the id", id);
    byte[] xml = store.xml(id, version);
    if (xml == null) {
      throw Commands.notFound("version " + version + " of a definition", id);
    }
    return xml;
  }

  @Override
  @RolesAllowed(VIEWER)
  public List<ElementView> elements(String process, int version) {
    Keys.requireText("the id", process);
    if (version < 1 || version > store.newestVersion(process)) {
      throw Commands.notFound("version " + version + " of a process", process);
    }
    return StreamSupport.stream(graphs.get(process, version).elements().spliterator(), false)
        .map(Element::node)
        .map(node -> new ElementView(node.id(), node.name(), node.type(), node.parent()))
        .toList();
  }
}
